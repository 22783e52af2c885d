"""The parts of a sentence that decide what is said of what: its clauses, what is denied in it, and its comparisons."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from service.model import Span
from service.query.lookup.remembered import remembered
from service.query.lookup.scan import bit, facet_bits, lists_within
from service.query.lookup.vocabulary import stance
from service.segmentation import cut, part_of_speech

# Any of them, but a comma within a number and a full stop within a word; it begins with a set, which is found fast.
_ENDS = re.compile(
    r"[。！？!?；;\n|:：，、()（）—“”「」『』,.]"
    r"(?:(?<=[^,.])|(?<=,)(?:(?<![0-9],)|(?![0-9]))|(?<=\.)(?=\s|$))"
)
# A gloss, 台積電(TSMC), or a name in quotation marks, 「晨屋」: what cuts nothing.
_GLOSS = re.compile(r"\([^()\u3400-\u9fff。！？!?；;\n]{1,60}\)|[「『“][^「」『』“”。！？!?；;，、,:：\n]{1,8}[」』”]")
_MARKS: Final = frozenset("(「『“")
_SCORE = re.compile(r"[0-9一二两三四五六七八九十]比[0-9一二两三四五六七八九十]")
_NOT_DONE: Final = "没有", "没", "未", "不会", "不再", "无法", "拒绝"  # behind them stands what is not done
# … and behind 不, what tells that something will not be done; what may stand before that: 不会|在台湾投标.
_WILLING = re.compile("(?:会|再|打算|准备|计划|考虑)(?:再|继续)?")
_WHERE: Final = frozenset("在向对把将给")
_BARE: Final = 2  # characters before a denial that name no subject
_REACH: Final = 14  # characters a denial reaches
_BESIDE: Final = 3  # characters between a denial and the amount it denies
_RETOLD: Final = 8  # where it tells whose it is: 不是新聞稿說的 2 GW
_LEVEL = re.compile("[^幅率]?[到至为达]")  # the end of a verb of change, or what follows it
_OPERATED: Final = 8  # characters between an amount and the word that tells what it does


@dataclass(frozen=True)
class Clauses:
    """A folded sentence cut into clauses."""

    folded: str

    @remembered
    def _cuts(self) -> list[int]:
        marked = not _MARKS.isdisjoint(self.folded)
        text = _GLOSS.sub(lambda match: "_" * len(match[0]), self.folded) if marked else self.folded
        return [0, *(match.end() for match in _ENDS.finditer(text))]

    @remembered
    def _lists(self) -> int:
        return lists_within(self.folded)

    def has(self, table: str, *keys: str) -> bool:
        """Tell whether it may hold a word of a list of ``stance.toml``, or of one of some."""
        return self._lists & bit(table, *keys) != 0

    def may_hold(self, mask: int) -> bool:
        """Tell whether it may hold a word of the lists that have these bits."""
        return self._lists & mask != 0

    def _first(self, table: str, key: str, start: int, end: int) -> re.Match[str] | None:
        return stance(table, key).search(self.folded, start, end) if self.has(table, key) else None

    def _every(self, table: str, key: str) -> list[re.Match[str]]:
        return [*stance(table, key).finditer(self.folded)] if self.has(table, key) else []

    def _spared(self, table: str) -> list[re.Match[str]]:
        return [*spared(table, self.folded)] if self.has(table, "words") else []

    @remembered
    def plain(self) -> bool:
        """Tell whether nothing in it is denied, left open, lessened or only compared with."""
        return not (
            self.has("deny", "words", "mistaken", "lessens")
            or self.has("compare", "beside")
            or self.has("asks", "open")
        )

    def around(self, at: int) -> Span:
        """Return the clause that the character at `at` stands in."""
        found = self._around.get(at)
        if found is None:
            place = bisect_right(self._cuts, at)
            end = self._cuts[place] if place < len(self._cuts) else len(self.folded)
            found = self._around[at] = Span(self._cuts[place - 1], end)
        return found

    @remembered
    def _around(self) -> dict[int, Span]:
        """Remember what was told, here and below: one sentence is set beside many."""
        return {}

    @remembered
    def denied(self) -> tuple[Span, ...]:
        """Return the stretches that are denied: from behind each denying word to where the denial ends."""
        scopes = [self._reach(end) for end in self._denying]
        mistaken = [Span(match.end(), self.around(match.end() - 1).end) for match in self._mistaken]
        return (*(one for one in scopes if not self._first("deny", "bound", one.start, one.end)), *mistaken)

    @remembered
    def _denying(self) -> list[int]:
        """Find where the denying words end."""
        return [match.end() for match in self._spared("deny")]

    def denial(self, span: Span) -> Span | None:
        """Return the last denying word whose reach holds the start of `span`."""
        words = [Span(*match.span()) for match in self._spared("deny")]
        reaching = [one for one in words if one.end <= span.start < self._reach(one.end).end]
        return reaching[-1] if reaching else None

    @remembered
    def _mistaken(self) -> list[re.Match[str]]:
        return self._every("deny", "mistaken")

    @remembered
    def _set_beside(self) -> list[re.Match[str]]:
        """Find what is only named to be compared with: 比起水温，更担心农药."""
        return self._every("compare", "beside")

    def denials(self, spans: Iterable[Span]) -> int:
        """Return how many denials stand in the clauses of `spans`, but those of a contrast: 是电力，不是芯片."""
        clauses = {self.around(span.start) for span in spans}
        starts = [scope.start for scope in self.denied if not any(one.start == scope.start for one in self.contrasted)]
        return sum(any(clause.start < start <= clause.end for clause in clauses) for start in starts)

    def _reach(self, start: int) -> Span:
        end = min(self.around(max(start - 1, 0)).end, start + _REACH)
        turn = self._first("deny", "until", start, end)
        end = turn.start() if turn else end
        of = self.folded.rfind("的", start, max(end - 1, start))
        if of < 0:
            return Span(start, end)
        if stance("deny", "plans").match(self.folded, of + 1):  # 没有追加预算的计划
            return Span(start, end)
        if stance("deny", "enough").fullmatch(self.folded, start, of):  # 没有足够的人手
            return Span(start, end)
        if self._first("deny", "predicate", of, self.around(of).end):
            return Span(end, end)
        return Span(start if self._denies_a_verb(start, of) else of + 1, end)

    def _denies_a_verb(self, start: int, of: int) -> bool:
        """Tell whether what is denied up to `start` is done to what stands behind 的: 没有取消汇款的手续费."""
        if self.folded.endswith(_NOT_DONE, 0, start):
            done = cut(self.folded[start:of])  # nothing in 没有的事
            return bool(done) and part_of_speech(done[0])[:1] == "v"
        return self._will_not(start, of)

    def _will_not(self, start: int, of: int) -> bool:
        """Tell whether a subject won't do something to what stands behind 的: 她不会投标新的风场, not 不会飞的鸟."""
        willing = _WILLING.match(self.folded, start, of)
        if willing is None or start - self.around(start - 1).start <= _BARE:
            return False
        done = cut(self.folded[willing.end() : of])
        if done and done[0] in _WHERE:  # 在台湾|投标新
            done = done[2:]
        return len(done) > 1 and part_of_speech(done[-1])[:1] != "v"

    def unsure(self, span: Span) -> bool:
        """Tell whether what begins at the start of `span` is of a kind that is denied: 员工 in 没有员工的公司."""
        if any(match.start() <= span.start < self.around(match.start()).end for match in self._set_beside):
            return True
        if any(scope.start <= span.start < scope.end for scope in self.open):
            return True
        if any(scope.start <= span.start < scope.end for scope in self.denied):
            return False
        starts = [end for end in self._denying if end <= span.start]
        return any(
            span.start < start + _REACH
            and "的" in self.folded[span.end : start + _REACH]
            and self.around(start - 1).end > span.start
            for start in starts
        )

    @remembered
    def open(self) -> tuple[Span, ...]:
        """Return the stretches of which it is left open whether they are so, or that are said to get less."""
        words = (*self._every("asks", "open"), *self._every("deny", "lessens"))
        return tuple(Span(match.end(), self._reach(match.end()).end) for match in words)

    @remembered
    def doubted(self) -> tuple[Span, ...]:
        """Return the stretches of which it is doubted that they are so: 未必能通过."""
        return tuple(Span(match.end(), self._reach(match.end()).end) for match in self._every("asks", "doubts"))

    def doubts(self, span: Span) -> bool:
        """Tell whether it is doubted that what begins at the start of `span` is so."""
        return any(scope.start <= span.start < scope.end for scope in self.doubted)

    @remembered
    def contrasted(self) -> tuple[Span, ...]:
        """Return the stretches that are named as what it is not: 是电力，不是芯片."""
        words = self._every("deny", "amount")
        return tuple(Span(match.end(), self._reach(match.end()).end) for match in words)

    def denies(self, span: Span) -> bool:
        """Tell whether what begins at the start of `span` is denied: twice is not at all.

        >>> Clauses("不需要电池").denies(Span(3, 5))
        True
        """
        return bool(self.denied) and sum(scope.start <= span.start < scope.end for scope in self.denied) % 2 == 1

    def denies_amount(self, start: int) -> bool:
        """Tell whether the amount that begins at `start` is said not to be it: 不是 2 GW."""
        if not self.has("deny", "amount", "mistaken"):
            return False
        before = self.folded[self.around(start).start : start]
        gaps = [before[match.end() :].strip() for match in stance("deny", "amount").finditer(before)]
        wrong = any(match.end() <= start < self.around(match.end() - 1).end for match in self._mistaken)
        return wrong or any(len(gap) <= (_RETOLD if gap.endswith("的") else _BESIDE) for gap in gaps)

    def unreal(self, start: int) -> bool:
        """Tell whether the amount that begins at `start` is only wished for, supposed or of before, by its clause."""
        found = self._unreal.get(start)
        if found is None:
            match = self._first("operator", "unreal", self.around(start).start, start)
            found = self._unreal[start] = match is not None
        return found

    @remembered
    def _unreal(self) -> dict[int, bool]:
        return {}

    def retells(self, start: int) -> bool:
        """Tell whether the amount that begins at `start` is only retold, by its clause: 公司自称 95%."""
        return self._first("operator", "retold", self.around(start).start, start) is not None

    def corrects(self, start: int) -> bool:
        """Tell whether the amount that begins at `start` is set against another, by its clause: 实测 91%."""
        return self._first("operator", "corrects", self.around(start).start, start) is not None

    def contrasts(self, span: Span) -> bool:
        """Tell whether what begins at the start of `span` is named as what it is not."""
        return any(scope.start <= span.start < scope.end for scope in self.contrasted)

    @remembered
    def comparisons(self) -> tuple[Span, ...]:
        """Return where the comparing words stand: 比, 低於, than."""
        words = [Span(*match.span()) for match in self._spared("compare")]
        return tuple(word for word in words if not _SCORE.match(self.folded, max(word.start - 1, 0)))  # 三比二

    def facets(self, amount: Span) -> dict[int, int]:
        """Return which facet of each group an amount is of, by the last word before it in its clause, else behind it.

        Amounts of different facets measure different things: 時速, 全長.
        """
        known = self._facets.get(amount)
        if known is not None:
            return known
        clause, found = self.around(amount.start), dict[int, int]()
        for mask, number, group in facet_bits():
            if not self._lists & mask:
                continue
            places = [(match.start(), group.of[match[0]]) for match in group.words.finditer(self.folded, *clause)]
            before = [place for place in places if place[0] < amount.start]
            behind = [place for place in places if place[0] >= amount.end]
            if not (before or behind):  # what the sentence is about so far
                before = [
                    (match.start(), group.of[match[0]]) for match in group.words.finditer(self.folded, 0, amount.start)
                ]
            if before or behind:
                found[number] = max(before)[1] if before else min(behind)[1]
        self._facets[amount] = found
        return found

    @remembered
    def _facets(self) -> dict[Span, dict[int, int]]:
        """Remember what was told: an amount is set beside many."""
        return {}

    def operator(self, amount: Span, reach: int = _OPERATED) -> str | None:
        """Return what a share at `amount` does: part, more, less or gap; None where no word near it tells.

        What rises to a share, 升到 23%, is that much and did not grow by it.
        """
        asked = amount, reach
        if asked not in self._operators:
            self._operators[asked] = self._operator(amount, reach)
        return self._operators[asked]

    @remembered
    def _operators(self) -> dict[tuple[Span, int], str | None]:
        return {}

    def _operator(self, amount: Span, reach: int) -> str | None:
        kinds = [kind for kind in ("part", "more", "less", "gap") if self.has("operator", kind)]
        clause = self.around(amount.start)
        before = self.folded[max(clause.start, amount.start - reach) : amount.end]  # 翻倍 says it itself
        spared = [Span(*match.span()) for match in stance("operator", "accident").finditer(before)] if kinds else []
        found = [
            (match.end(), kind)
            for kind in kinds
            for match in stance("operator", kind).finditer(before)
            if not any(one.overlaps(Span(*match.span())) for one in spared)
        ]
        if not found or _LEVEL.match(before, max(found)[0] - 1):
            return None
        return max(found)[1]


def spared(table: str, folded: str) -> Iterator[re.Match[str]]:
    """Yield the words of a table of ``stance.toml``, but not those within longer words that hold them by accident."""
    spared = [Span(*match.span()) for match in stance(table, "accident").finditer(folded)]
    for match in stance(table, "words").finditer(folded):
        at = bisect_right(spared, Span(match.start(), len(folded))) - 1
        if at < 0 or spared[at].end <= match.start():
            yield match
