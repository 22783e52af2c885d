"""An id that a better name made another one still leads to the entity, and decisions on it still hold."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from service import deciding
from service.errors import NotFoundError
from service.query.entities import MergedError, entity
from tests.deciding.corpus import LIN, push, shown

NAMED = "---\ntitle: 訪問\n---\n\n主持人林靜儀（Ching-Yi Lin）說，碼頭要等 6 小時。\n"
NAMESAKE = "---\ntitle: 詩\nauthor: 林敬怡\n---\n\n詩有 8 行。\n"


def leads_to(engine: Engine, entity_id: str) -> str:
    with Session(engine) as session, pytest.raises(MergedError) as told:
        entity(session, entity_id)
    return told.value.into


def test_the_id_of_the_chinese_name_leads_to_that_of_the_latin_one(posted: Engine) -> None:
    push(posted, {"named.md": NAMED})
    assert leads_to(posted, LIN) == "ching-yi-lin"


def test_an_id_that_two_could_have_leads_nowhere(posted: Engine) -> None:
    other = NAMED.replace("林靜儀", "林敬怡").replace("Ching-Yi Lin", "Jing Lin")
    push(posted, {"named.md": NAMED, "other.md": other, "poem.md": NAMESAKE})
    with Session(posted) as session, pytest.raises(NotFoundError):
        entity(session, LIN)


def test_an_edit_outlives_a_better_name(posted: Engine) -> None:
    deciding.edit_entity(posted, LIN, {"name": "靜儀老師"})
    push(posted, {"named.md": NAMED})
    assert shown(posted, "ching-yi-lin") == "靜儀老師"


def test_a_merge_outlives_a_better_name_of_either(posted: Engine) -> None:
    deciding.merge_entities(posted, "jing-yijie", LIN)
    push(posted, {"named.md": NAMED})
    assert leads_to(posted, "jing-yijie") == "ching-yi-lin"
