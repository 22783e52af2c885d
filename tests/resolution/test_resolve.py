"""Who is who over a whole corpus."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from service.model import Decision, EntityKind
from service.resolution import GlossSeen, NameSeen, resolve
from service.resolution.slugs import slug

PERSON, COMPANY = EntityKind.PERSON, EntityKind.COMPANY


def seen(name: str, key: str | None = None, kind: EntityKind = PERSON, article: str = "a", count: int = 1) -> NameSeen:
    return NameSeen(kind, name, key, article, count)


def test_names_with_one_lexicon_id_are_one_entity() -> None:
    result = resolve([seen("馬斯克", "elon-musk"), seen("Elon Musk", "elon-musk", article="b")], [], [])
    assert [entity.id for entity in result.entities] == ["elon-musk"]
    assert result.entities[0].hant == "馬斯克"
    assert result.entities[0].hans == "马斯克"


def test_unlisted_names_are_one_across_script_width_and_case() -> None:
    result = resolve([seen("薩曼莎．羅文"), seen("萨曼莎·罗文"), seen("Ｑuinn Marsh"), seen("quinn  marsh")], [], [])
    assert len(result.entities) == 2


def test_a_full_form_of_the_lexicon_needs_no_key() -> None:
    assert resolve([seen("黃仁勳")], [], []).entity_of[PERSON, "黃仁勳", None] == "jensen-huang"


def test_a_person_and_a_company_of_one_name_stay_two() -> None:
    result = resolve([seen("Ada Bloom"), seen("Ada Bloom", kind=COMPANY)], [], [])
    assert [entity.id for entity in result.entities] == ["ada-bloom", "ada-bloom-company"]


def test_a_gloss_makes_two_unlisted_names_one() -> None:
    gloss = GlossSeen(PERSON, "薩曼莎．羅文", "Samantha Rowan", "a")
    result = resolve([seen("薩曼莎．羅文"), seen("Samantha Rowan", article="b")], [gloss], [])
    assert [entity.id for entity in result.entities] == ["samantha-rowan"]
    assert result.entities[0].hant == "薩曼莎．羅文"


def test_a_gloss_brings_an_unlisted_name_to_a_listed_bearer() -> None:
    result = resolve([seen("Jensen Hwang")], [GlossSeen(PERSON, "黃仁勳", "Jensen Hwang", "a")], [])
    assert result.entity_of[PERSON, "Jensen Hwang", None] == "jensen-huang"


def test_a_gloss_never_makes_two_listed_bearers_one() -> None:
    names = [seen("黃仁勳", "jensen-huang"), seen("蘇姿丰", "lisa-su")]
    glosses = [
        GlossSeen(PERSON, "黃仁勳", "Quinn Marsh", "a"),
        GlossSeen(PERSON, "蘇姿丰", "Quinn Marsh", "b"),
    ]
    result = resolve([*names, seen("Quinn Marsh")], glosses, [])
    assert result.entity_of[PERSON, "Quinn Marsh", None] == "quinn-marsh"
    assert len(result.entities) == 3


def test_a_chinese_name_glossed_in_two_ways_joins_nobody() -> None:
    names = [seen("張育維"), seen("Kevin Zhang"), seen("David Zhang")]
    glosses = [GlossSeen(PERSON, "張育維", "Kevin Zhang", "a"), GlossSeen(PERSON, "張育維", "David Zhang", "b")]
    assert len(resolve(names, glosses, []).entities) == 3


def test_two_transliterations_of_one_latin_name_are_one_person() -> None:
    glosses = [GlossSeen(PERSON, "昆恩．馬許", "Quinn Marsh", "a"), GlossSeen(PERSON, "奎恩．馬什", "Quinn Marsh", "b")]
    assert len(resolve([seen("昆恩．馬許"), seen("奎恩．馬什")], glosses, []).entities) == 1


def test_an_edit_replaces_what_is_shown() -> None:
    result = resolve([seen("Quinn Marsh")], [], [Decision("edit", "quinn-marsh", {"name": "馬許", "hant": "馬許"})])
    assert (result.entities[0].name, result.entities[0].hant, result.entities[0].en) == ("馬許", "馬許", "Quinn Marsh")


def test_an_alias_outranks_the_lexicon() -> None:
    decision = Decision("alias", "quinn-marsh", {"name": "老黃"})
    names = [seen("Quinn Marsh"), seen("老黃", "jensen-huang"), seen("黃仁勳", "jensen-huang")]
    result = resolve(names, [], [decision])
    assert result.entity_of[PERSON, "老黃", "jensen-huang"] == "quinn-marsh"
    assert result.entity_of[PERSON, "黃仁勳", "jensen-huang"] == "jensen-huang"


def test_merges_follow_each_other_and_circles_are_left_open() -> None:
    names = [seen("Ada Bloom"), seen("Bea Bloom"), seen("Cleo Bloom")]
    decisions = [
        Decision("merge", "ada-bloom", {"into": "bea-bloom"}),
        Decision("merge", "bea-bloom", {"into": "cleo-bloom"}),
        Decision("merge", "cleo-bloom", {"into": "ada-bloom"}),
    ]
    result = resolve(names, [], decisions)
    assert [entity.id for entity in result.entities] == ["cleo-bloom"]
    assert result.merged == {"ada-bloom": "cleo-bloom", "bea-bloom": "cleo-bloom"}
    assert {"Ada Bloom", "Bea Bloom"} <= {*result.entities[0].aliases, result.entities[0].name}


def test_a_decision_on_somebody_unknown_changes_nothing() -> None:
    decisions = [Decision("edit", "nobody", {"name": "X"}), Decision("merge", "nobody", {"into": "no-one"})]
    assert [entity.id for entity in resolve([seen("Ada Bloom")], [], decisions).entities] == ["ada-bloom"]


NAMES = st.sampled_from(
    ["Quinn Marsh", "昆恩．馬許", "張育維", "Kevin Zhang", "黃仁勳", "蘇姿丰", "Ada Bloom", "寶玉", "宝玉"]
)
KINDS = st.sampled_from([PERSON, COMPANY])


@given(
    st.lists(st.builds(NameSeen, KINDS, NAMES, st.none(), st.sampled_from("ab"), st.integers(1, 3)), max_size=8),
    st.lists(st.builds(GlossSeen, KINDS, NAMES, NAMES, st.sampled_from("ab")), max_size=6),
    st.integers(0, 99),
)
def test_the_order_of_posts_decides_nothing(names: list[NameSeen], glosses: list[GlossSeen], seed: int) -> None:
    shuffled_names = Random(seed).sample(names, len(names))
    shuffled_glosses = Random(seed).sample(glosses, len(glosses))
    one, other = resolve(names, glosses, []), resolve(shuffled_names, shuffled_glosses, [])
    assert (one.entities, one.entity_of, one.merged) == (other.entities, other.entity_of, other.merged)
    assert len({entity.id for entity in one.entities}) == len(one.entities)


def test_a_later_merge_of_one_name_takes_the_place_of_the_former_without_a_circle() -> None:
    names = [seen("Ada Bloom"), seen("Bea Bloom"), seen("Cleo Bloom")]
    decisions = [
        Decision("merge", "ada-bloom", {"into": "bea-bloom"}),
        Decision("merge", "cleo-bloom", {"into": "ada-bloom"}),
        Decision("merge", "ada-bloom", {"into": "cleo-bloom"}),
    ]
    assert resolve(names, [], decisions).merged == {"ada-bloom": "bea-bloom", "cleo-bloom": "bea-bloom"}


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), max_size=8))
def test_merges_always_end_at_somebody_who_was_not_merged(pairs: list[tuple[str, str]]) -> None:
    merged = resolve([], [], [Decision("merge", one, {"into": other}) for one, other in pairs]).merged
    assert merged.keys().isdisjoint(merged.values())


def test_after_a_merge_the_name_of_the_one_that_stays_is_shown() -> None:
    names = [seen("Ada Bloom"), seen("Beatrice Bloom", count=9), seen("貝雅．布盧姆", count=9)]
    decisions = [
        Decision("merge", "beatrice-bloom", {"into": "ada-bloom"}),
        Decision("merge", slug("貝雅．布盧姆", PERSON), {"into": "ada-bloom"}),
    ]
    entity = resolve(names, [], decisions).entities[0]
    assert (entity.name, entity.en, entity.hant) == ("Ada Bloom", "Ada Bloom", "貝雅．布盧姆")
    assert "Beatrice Bloom" in entity.aliases


def test_a_gloss_of_a_company_in_one_post_gives_the_id_in_all() -> None:
    names = [
        seen("澄光能源", kind=COMPANY, count=5),
        seen("Clearlight Energy", kind=COMPANY, article="b"),
        seen("澄光能源", kind=COMPANY, article="b"),
    ]
    result = resolve(names, [GlossSeen(COMPANY, "澄光能源", "Clearlight Energy", "b")], [])
    assert [entity.id for entity in result.entities] == ["clearlight-energy"]
    assert result.entity_of[COMPANY, "澄光能源", None] == "clearlight-energy"
