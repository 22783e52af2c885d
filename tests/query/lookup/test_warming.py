"""What the first lookup would set up is there before it."""

from service.lexicon import read
from service.query.lookup.scan import TABLES
from service.query.lookup.vocabulary import stance
from service.query.lookup.warming import warm


def test_no_pattern_of_how_a_sentence_stands_is_left_to_be_compiled() -> None:
    stance.cache_clear()
    warm()
    before = stance.cache_info().misses
    for table in TABLES:
        for key in read("stance.toml")[table]:
            stance(table, key)
    assert stance.cache_info().misses == before
