"""The words that come close and the words that mean the contrary."""

from __future__ import annotations

from collections import Counter

from service.lexicon import read
from service.query.lookup.vocabulary import senses, stance
from service.query.synonyms import regional_words
from service.script import fold


def test_no_word_comes_close_to_two_things() -> None:
    counts = Counter(fold(word) for group in read("synonyms.toml")["near"] for word in group["words"])
    assert [word for word, times in counts.items() if times > 1] == []


def test_no_regional_word_joins_two_groups() -> None:
    owner: dict[str, int] = {}
    for number, group in enumerate(read("synonyms.toml")["near"]):
        twins = {twin for word in group["words"] for twin in regional_words().get(fold(word), (fold(word),))}
        assert {word: owner[word] for word in twins if owner.setdefault(word, number) != number} == {}


def test_every_group_has_two_words_of_two_characters_or_more() -> None:
    for group in read("synonyms.toml")["near"]:
        assert len(group["words"]) >= 2
        assert [word for word in group["words"] if not word.isascii() and len(word) == 1] == []


def test_a_word_is_no_contrary_of_itself_and_contraries_are_mutual() -> None:
    for word, sense in senses().items():
        assert word in sense.same
        assert not sense.contrary & (sense.same | sense.near)
        assert all(word in senses()[other].contrary for other in sense.contrary)


def test_words_come_close_in_either_script_and_in_english() -> None:
    assert {fold("昂貴"), "expensive"} <= senses()[fold("便宜")].contrary
    assert {fold("裁員"), "layoffs"} <= senses()[fold("解僱")].near | senses()[fold("解雇")].near


def test_latin_words_of_a_list_stand_alone() -> None:
    assert stance("deny", "words").search("nothing ignored") is None
    assert stance("deny", "words").search("it is not so") is not None
    assert stance("asks", "words").search(fold("要等多久")) is not None
