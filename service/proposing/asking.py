"""Posts are put to a model before they are stored: what it proposes is kept, and a post it fails at goes in without."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Final

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from service.errors import ContentError
from service.extraction import VERSION
from service.model import Site, Source
from service.proposing.asked import Asked
from service.proposing.endpoint import Endpoint
from service.proposing.failures import ProposalError
from service.proposing.kept import keep, kept, reply_key
from service.proposing.replies import Reply, prompt, prompt_version, reply_of
from service.reading import read
from service.settings import Settings
from service.store.ids import content_hash
from service.store.tables import TABLES

logger = logging.getLogger(__name__)

Item = Source | ContentError
_ARTICLE: Final = TABLES["article"]


class Proposer:
    """A model that is asked about posts.

    `counts` says what came of it since the start: `asked`, `kept` (known from before), `taken`, `dropped`, and each
    kind of `ProposalError`.
    """

    def __init__(
        self, endpoint: Endpoint, *, concurrency: int = 2, max_characters: int = 12_000, budget: int = 500
    ) -> None:
        self.endpoint, self.concurrency = endpoint, concurrency
        self.max_characters, self.budget = max_characters, budget
        self.counts: Counter[str] = Counter()
        self.last = Asked()  # of the latest ingestion

    @classmethod
    def of(cls, settings: Settings) -> Proposer | None:
        """Return the proposer of the settings, None where none is configured."""
        if settings.llm_base_url is None or settings.llm_model is None:
            return None
        endpoint = Endpoint(settings.llm_base_url, settings.llm_model, settings.llm_key, settings.llm_timeout)
        return cls(
            endpoint,
            concurrency=settings.llm_concurrency,
            max_characters=settings.llm_max_characters,
            budget=settings.llm_budget,
        )

    @property
    def version(self) -> str:
        """Return what the proposals depend on besides the post."""
        return f"+{self.endpoint.model}/{prompt_version('post')}/{self.max_characters}"

    def ask(self, engine: Engine, site: Site, sources: Iterable[Item]) -> tuple[list[Item], Asked]:
        """Return the posts, and what the model proposes of those that are not stored with its proposals."""
        items = list(sources)
        asked = Asked(self.version, counts=self.counts)
        self.last = asked
        wanted = self._wanted(engine, site, items, asked)
        known = kept(engine, (key for key, _ in wanted.values()))
        self.counts["kept"] += sum(key in known for key, _ in wanted.values())
        missing = {key: text for key, text in wanted.values() if key not in known}
        known |= self._answers(engine, missing, {key: path for path, (key, _) in wanted.items()})
        asked.replies = {path: known[key] for path, (key, _) in wanted.items() if key in known}
        return items, asked

    def _wanted(self, engine: Engine, site: Site, items: Iterable[Item], asked: Asked) -> dict[str, tuple[str, str]]:
        """Return by path the key and the text of the posts to ask about."""
        stored, wanted = _stored(engine, site), {}
        for source in items:
            if isinstance(source, ContentError) or source.path in wanted:
                continue
            if stored.get(source.path) == content_hash(source, site, VERSION + self.version):
                asked.unchanged.add(source.path)
                continue
            text = self._text(source, site)
            if text:
                wanted[source.path] = reply_key(text, prompt_version("post"), self.endpoint.model), text
        return wanted

    def _text(self, source: Source, site: Site) -> str:
        """Return what is sent of a post: its prose, cut between blocks where it is too long."""
        try:
            text = read(source, site).text
        except Exception:  # whoever stores it will tell
            return ""
        if len(text) > self.max_characters:
            end = text.rfind("\n\n", 0, self.max_characters)
            text = text[: end if end > 0 else self.max_characters]
        return text if text.strip() else ""

    def _answers(self, engine: Engine, missing: Mapping[str, str], paths: Mapping[str, str]) -> dict[str, Reply]:
        """Ask about what is missing, as far as the budget goes, and keep each answer as it comes."""
        found: dict[str, Reply] = {}
        chosen = dict(list(missing.items())[: self.budget])
        self.counts["asked"] += len(chosen)
        for key in missing.keys() - chosen.keys():
            self._failed(paths[key], ProposalError("budget", "the questions of one ingestion are used up"))
        with ThreadPoolExecutor(self.concurrency, "proposer") as pool:
            futures = {pool.submit(self._answer, text): key for key, text in chosen.items()}
            for future in _as_done(futures):
                key = futures[future]
                try:
                    reply = future.result()
                except ProposalError as failure:
                    self._failed(paths[key], failure)
                except Exception as error:  # a fault of ours must not cost the post
                    logger.exception("%s: the model could not be asked", paths[key], exc_info=error)
                    self.counts["fault"] += 1
                else:
                    found[key] = reply
                    keep(engine, key, reply, model=self.endpoint.model, prompt=prompt_version("post"))
        return found

    def _answer(self, text: str) -> Reply:
        return reply_of(self.endpoint.ask(prompt("post"), {"text": text}))

    def _failed(self, path: str, failure: ProposalError) -> None:
        self.counts[failure.kind] += 1
        logger.warning("%s: no proposals: %s", path, failure, extra={"path": path, "failure": failure.kind})


def _as_done(futures: Mapping[Future[Reply], str]) -> Iterator[Future[Reply]]:
    waiting = set(futures)
    while waiting:
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        yield from done


def _stored(engine: Engine, site: Site) -> dict[str, str]:
    with Session(engine) as session:
        query = select(_ARTICLE.c.path, _ARTICLE.c.content_hash).where(_ARTICLE.c.source == site.name)
        return {row.path: row.content_hash for row in session.execute(query)}
