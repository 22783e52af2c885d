"""Three posts of three authors, and what the database makes of them."""

from __future__ import annotations

from sqlalchemy import Engine, text
from sqlmodel import Session

from service.ingest import ingest
from service.model import Dialect, Site, Source
from service.query.answers import DecisionAnswer
from service.query.decisions import decisions
from service.query.entities import entity
from tests.store.posts import dump

SITE = Site("harbour", Dialect.MARKDOWN)
POSTS = {
    "lin.md": "---\ntitle: 碼頭\nauthor: 林靜儀\n---\n\n碼頭裝了 12 座起重機。\n",
    "jing.md": "---\ntitle: 船期\nauthor: 靜儀姐\n---\n\n船期晚了三天。\n",
    "wang.md": "---\ntitle: 漁市\nauthor: 王大明\n---\n\n漁市的價格漲了 5%。\n",
}
LIN, JING, WANG = "lin-jingyi", "jing-yijie", "wang-daming"
DECIDED = ("entity", "entity_name", "mention")


def state(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows for table, rows in dump(engine).items() if table in DECIDED}


def owner(engine: Engine, surface: str) -> str:
    with engine.connect() as connection:
        statement = text("SELECT DISTINCT entity_id FROM mention WHERE surface = :surface")
        return str(connection.scalars(statement, {"surface": surface}).one())


def names(engine: Engine, entity_id: str) -> set[str]:
    with engine.connect() as connection:
        statement = text("SELECT folded FROM entity_name WHERE entity_id = :entity")
        return set(connection.scalars(statement, {"entity": entity_id}))


def listed(engine: Engine) -> list[DecisionAnswer]:
    with Session(engine) as session:
        return list(decisions(session, limit=100).items)


def shown(engine: Engine, entity_id: str) -> str:
    with Session(engine) as session:
        return entity(session, entity_id).name


def push(engine: Engine, posts: dict[str, str] = POSTS, site: Site = SITE) -> None:
    """Ingest posts by path."""
    ingest(engine, site, [Source(path, body) for path, body in posts.items()])


def article(engine: Engine, path: str) -> str:
    """Return the id of the article at `path`."""
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT id FROM article WHERE path = :path"), {"path": path}))
