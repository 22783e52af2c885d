"""A business is one with and without its legal form, and with the short name that its posts give it."""

from __future__ import annotations

from service.model import EntityKind
from service.resolution import GlossSeen, NameSeen, resolve

FIRM = EntityKind.COMPANY


def bearers(names: list[str], *pairs: tuple[str, str]) -> dict[str, str | None]:
    """Return whose each name is, where some post each says that a pair is one."""
    seen = [NameSeen(FIRM, name, None, f"a{number}", 1) for number, name in enumerate(names)]
    glosses = [GlossSeen(FIRM, full, short, "g") for full, short in pairs]
    return {name: owner for (_, name, _), owner in resolve(seen, glosses, []).entity_of.items()}


def test_a_legal_form_makes_no_other_business() -> None:
    found = bearers(["霜嶺能源", "霜岭能源股份有限公司", "Frostridge Energy", "Frostridge Energy, Inc."])
    assert found["霜嶺能源"] == found["霜岭能源股份有限公司"]
    assert found["Frostridge Energy"] == found["Frostridge Energy, Inc."]


def test_a_short_name_is_its_business_in_every_post() -> None:
    found = bearers(["霜嶺能源", "霜嶺"], ("霜嶺能源", "霜嶺"))
    assert found["霜嶺"] == found["霜嶺能源"]


def test_a_short_name_that_two_businesses_go_by_joins_neither() -> None:
    found = bearers(["霜嶺能源", "霜嶺置業", "霜嶺"], ("霜嶺能源", "霜嶺"), ("霜嶺置業", "霜嶺"))
    assert len(set(found.values())) == 3
