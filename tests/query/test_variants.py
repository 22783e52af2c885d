from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from service.query import articles, claims, search
from service.query.answers import ClaimAnswer, Page
from service.query.related import related
from service.query.variants import in_variant
from service.store.tables import SourceRow
from tests.query.conftest import Corpus


def test_prose_comes_in_the_wanted_script(session: Session) -> None:
    answer = in_variant(articles.article(session, "a1"), "zh-Hans", session)
    assert (answer.title, answer.tags) == ("港口起重机为何停摆", ["航运", "港口"])
    assert [heading.text for heading in answer.headings] == ["码头"]


def test_the_original_comes_back_as_it_is(session: Session) -> None:
    answer = articles.article(session, "a1")
    assert in_variant(answer, "original", session) is answer


def test_what_is_in_the_script_already_stays(session: Session) -> None:
    (before,) = claims.claims(session, article="b2").items
    after = in_variant(before, "zh-CN", session)
    assert (after.text, after.article, after.figures) == (before.text, before.article, before.figures)


def test_ids_paths_targets_and_offsets_stay(session: Session) -> None:
    before = articles.links_of(session, "a1")
    after = in_variant(before, "zh-CN", session)
    assert [one.target for one in after.items] == [one.target for one in before.items]
    assert (after.items[0].note, after.items[0].relation) == ("机型一览", "补充")
    vault = in_variant(articles.article(session, "c3"), "zh-Hans", session)
    assert vault.path == "notes/起重機.md"


@pytest.mark.parametrize(("lang", "name"), [("zh-TW", "海豐港務"), ("zh-CN", "海丰港务"), ("zh-Hans", "海丰港务")])
def test_entities_come_by_their_own_form(session: Session, lang: str, name: str) -> None:
    claim = in_variant(claims.claim_answers(session, ["claim2"])["claim2"], lang, session)
    assert [entity.name for entity in claim.entities] == [name]
    assert claim.text.startswith(name)
    assert claim.entities[0].names.hant == "海豐港務"


def test_a_name_keeps_its_form_where_the_rules_would_change_it(corpus: Corpus) -> None:
    corpus.entity("yu-qian", "于谦", hant="于謙", hans="于谦")
    corpus.article("e5", "演讲", "昨天于谦谈起码头。", script="Hans")
    corpus.claim("claim5", "e5", "昨天于谦谈起码头。")
    corpus.mention("e5", "于谦", "yu-qian", "claim5")
    claim = in_variant(claims.claim_answers(corpus.session, ["claim5"])["claim5"], "zh-TW", corpus.session)
    assert "于謙" in claim.text
    assert "於" not in claim.text


def test_whole_pages_are_rendered(session: Session) -> None:
    page: Page[ClaimAnswer] = in_variant(claims.claims(session), "zh-Hant", session)
    assert [claim.text for claim in page.items][-1] == "海豐港務每年花 3.5 億元維護碼頭。"
    assert page.total == 3


def test_highlights_and_reasons_are_rendered(session: Session) -> None:
    hits = in_variant(search.search(session, "碼頭", kind="article"), "zh-Hans", session)
    assert all("碼" not in place.text for hit in hits.items for place in hit.highlights)
    best = in_variant(related(session, "b2")[0], "zh-Hant", session)
    text = [reason.terms for reason in best.reasons if reason.kind == "text"]
    assert any("碼頭" in term for terms in text for term in terms)


def test_names_from_abroad_are_those_of_the_region(corpus: Corpus) -> None:
    corpus.entity("donald-trump", "特朗普", hant="川普", hans="特朗普")
    corpus.article("e6", "关税", "特朗普宣布加税，由特朗普政府执行。", script="Hans")
    corpus.claim("claim6", "e6", "特朗普宣布加税，由特朗普政府执行。")
    corpus.mention("e6", "特朗普", "donald-trump", "claim6")
    claim = claims.claim_answers(corpus.session, ["claim6"])["claim6"]
    texts = {lang: in_variant(claim, lang, corpus.session).text for lang in ("zh-TW", "zh-HK", "zh-Hant", "zh-CN")}
    assert "川普宣" in texts["zh-TW"]
    assert "特朗普宣" in texts["zh-HK"]
    assert "特朗普宣" in texts["zh-Hant"]
    assert texts["zh-CN"] == claim.text


def test_a_site_s_own_words_outrank_the_rules_in_its_articles_alone(corpus: Corpus) -> None:
    wanted = {"protect": ["软实力"], "prefer": {"zh-TW": {"视频": "影音"}}}
    corpus.session.add(SourceRow(name="own", settings={"render": wanted}))
    corpus.session.flush()
    for ident, source in (("e10", "own"), ("e11", "blog")):
        corpus.article(ident, "软实力的视频发布了", "正文", script="Hans", source=source)
    titles = [
        in_variant(articles.article(corpus.session, ident), "zh-TW", corpus.session).title for ident in ("e10", "e11")
    ]
    assert titles[0] == "软实力的影音發布了"
    assert titles[1].startswith("軟實力的")
    assert "影音" not in titles[1]


def test_a_quotation_keeps_its_words(corpus: Corpus) -> None:
    corpus.article("e7", "访谈", "这台服务器太旧了。", script="Hans")
    corpus.claim("claim7", "e7", "这台服务器太旧了。", quote=True)
    claim = in_variant(claims.claim_answers(corpus.session, ["claim7"])["claim7"], "zh-TW", corpus.session)
    assert claim.text == "這臺服務器太舊了。"


def test_a_title_at_home_in_both_scripts_is_in_that_of_its_article(corpus: Corpus) -> None:
    for ident, script in (("e8", "Hans"), ("e9", "Hant")):
        corpus.article(ident, "后台", "正文", script=script)
    titles = [
        in_variant(articles.article(corpus.session, ident), "zh-Hant", corpus.session).title for ident in ("e8", "e9")
    ]
    assert titles == ["後臺", "后台"]
