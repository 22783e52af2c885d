"""The peers' readers of Chinese figures, each in its own words: run by ``bench.peers`` in an environment of their own.

A request comes as JSON on standard input, the answer goes as JSON to standard output. Of a text each reader returns
what it can: ``[start, end, low, high, unit]``, the end exclusive, what it does not tell null; days as ISO 8601, a
percentage in percent, a duration in seconds. A text at which a reader fails is one of which it reads nothing.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from datetime import datetime
from importlib import import_module
from time import process_time
from typing import Any

Reading = tuple[int | None, int | None, Any, Any, str | None]
Reader = Callable[[str, datetime], Iterable[Reading]]

_DAYS = {"year": 365.0, "month": 30.0, "week": 7.0, "day": 1.0, "hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}
_CHINESE = "zh-cn"  # the only Chinese of recognizers-text
_DIGITS = re.compile(r"[-−]?[0-9]+(?:\.[0-9]+)?")


def recognizers_text() -> Mapping[str, Reader]:
    """Return Microsoft's recognizers for Chinese. Their Python edition has no model of number ranges."""
    number, unit = import_module("recognizers_number"), import_module("recognizers_number_with_unit")
    dates = import_module("recognizers_date_time").recognize_datetime
    numbers = _plain(number.recognize_number)
    return {
        "number": numbers,
        "percent": _plain(number.recognize_percentage),
        "value": numbers,
        "money": _measured(unit.recognize_currency),
        "quantity": _measured(unit.recognize_dimension, unit.recognize_temperature, unit.recognize_age),
        "date": lambda text, day: (one for one in _times(dates, text, day) if one[4] is None),
        "duration": lambda text, day: (one for one in _times(dates, text, day) if one[4] == "s"),
    }


def _plain(recognize: Any) -> Reader:
    def reader(text: str, _: datetime) -> Iterator[Reading]:
        for found in recognize(text, _CHINESE):
            yield _placed(found, float(found.resolution["value"].rstrip("%")), None)

    return reader


def _measured(*models: Any) -> Reader:
    def reader(text: str, _: datetime) -> Iterator[Reading]:
        for found in (found for recognize in models for found in recognize(text, _CHINESE)):
            value = found.resolution.get("value")
            if value is not None:
                yield _placed(found, float(value), found.resolution.get("isoCurrency") or found.resolution.get("unit"))

    return reader


def _times(recognize: Any, text: str, day: datetime) -> Iterator[Reading]:
    for found in recognize(text, _CHINESE, reference=day):
        for value in found.resolution["values"] if found.resolution else ():
            yield _time(found, value)


def _placed(found: Any, value: float, unit: str | None) -> Reading:
    return found.start, found.end + 1, value, value, unit


def _time(found: Any, value: Mapping[str, str]) -> Reading:
    start, end = found.start, found.end + 1
    if value["type"] == "duration":
        return start, end, float(value["value"]), float(value["value"]), "s"
    if "value" in value:
        return start, end, value["value"], value["value"], None
    return start, end, value.get("start"), value.get("end"), None


def jionlp() -> Mapping[str, Reader]:
    """Return JioNLP's extractors of money and times, each with its own parser."""
    jio = import_module("jionlp")

    def money(text: str, _: datetime) -> Iterator[Reading]:
        for found in jio.ner.extract_money(text, with_parsing=True):
            told = found["detail"]
            if not isinstance(told, dict):
                continue
            bounds = told["num"] if isinstance(told["num"], list) else [told["num"]] * 2
            low, high = (float(bound) if bound is not None else None for bound in bounds)
            yield *found["offset"], low, high, told["case"]

    def times(text: str, day: datetime) -> Iterator[Reading]:
        for found in jio.ner.extract_time(text, time_base=day.timestamp(), with_parsing=True):
            told = found["detail"]["time"]
            if isinstance(told, list):
                low, high = (None if "inf" in bound else bound for bound in told)
                yield *found["offset"], low, high, None

    def durations(text: str, day: datetime) -> Iterator[Reading]:
        for found in jio.ner.extract_time(text, time_base=day.timestamp(), with_parsing=True):
            if found["type"] == "time_delta":
                low, high = _seconds(found["detail"]["time"])
                yield *found["offset"], low, high, "s"

    return {"money": money, "date": times, "duration": durations}


def _seconds(told: Any) -> tuple[float, float]:
    bounds = [_sum(each) for each in told] if isinstance(told, list) else [_sum(told)] * 2
    return bounds[0], bounds[-1]


def _sum(told: Mapping[str, float]) -> float:
    return sum(count * _DAYS[unit] * 86400 for unit, count in told.items() if unit in _DAYS)


def cn2an() -> Mapping[str, Reader]:
    """Return cn2an: a numeral's value, and the numerals of a sentence rewritten in digits, without their places."""
    library = import_module("cn2an")

    def value(text: str, _: datetime) -> Iterator[Reading]:
        number = float(library.cn2an(text, "smart"))
        yield 0, len(text), number, number, None

    def numbers(text: str, _: datetime) -> Iterator[Reading]:
        for written in _DIGITS.findall(library.transform(text, "cn2an")):
            number = float(written.replace("−", "-"))
            yield None, None, number, number, None

    return {"number": numbers, "percent": numbers, "value": value}


def quantulum3() -> Mapping[str, Reader]:
    """Return quantulum3, made for English: it reads digits and Latin units; a range is a value and its error."""
    parser = import_module("quantulum3.parser")

    def quantities(text: str, _: datetime) -> Iterator[Reading]:
        for found in parser.parse(text):
            error = found.uncertainty or 0.0
            yield *found.span, found.value - error, found.value + error, found.unit.name

    return dict.fromkeys(("number", "percent", "range", "value", "money", "quantity"), quantities)


READERS: Mapping[str, Callable[[], Mapping[str, Reader]]] = {
    "recognizers-text": recognizers_text,
    "jionlp": jionlp,
    "cn2an": cn2an,
    "quantulum3": quantulum3,
}
# What a reader must run to find all that it can: each of its models once.
MODELS: Mapping[str, tuple[str, ...]] = {
    "recognizers-text": ("number", "percent", "money", "quantity", "date"),
    "jionlp": ("money", "date"),
    "cn2an": ("number",),
    "quantulum3": ("quantity",),
}


def read(reader: Mapping[str, Reader], cases: Iterable[Mapping[str, str]]) -> list[list[Reading] | None]:
    """Return what is read of each case; None for a part that the reader does not attempt."""
    return [_attempt(reader[case["part"]], case) if case["part"] in reader else None for case in cases]


def _attempt(way: Reader, case: Mapping[str, str]) -> list[Reading]:
    try:
        return list(way(case["text"], datetime.fromisoformat(case["reference"])))
    except Exception:  # a peer may fail in any way: it has then read nothing
        return []


def pace(ways: Sequence[Reader], texts: Sequence[str], seconds: float) -> tuple[int, float]:
    """Return how many bytes go through these ways in about so many seconds, and in how many.

    What is set up at first use is no part of it.
    """
    day = datetime(2026, 1, 1)  # the peers know no zones
    for way in ways:
        _attempt_all(way, "共 3 天，5 元", day)
    done, start = 0, process_time()
    for text in texts:
        if process_time() - start > seconds:
            break
        for way in ways:
            _attempt_all(way, text, day)
        done += len(text.encode())
    return done, process_time() - start


def _attempt_all(way: Reader, text: str, day: datetime) -> None:
    try:
        for _ in way(text, day):
            pass
    except Exception:  # a text at which it fails was read as well
        pass


def main() -> None:
    """Answer the one request."""
    asked = json.load(sys.stdin)
    with redirect_stdout(sys.stderr):  # some greet
        reader = READERS[asked["reader"]]()
        models = [reader[part] for part in MODELS[asked["reader"]]]
        answer = {"read": read(reader, asked["cases"]), "pace": pace(models, asked["texts"], asked["seconds"])}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
