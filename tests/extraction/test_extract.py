from __future__ import annotations

from service.extraction import extract
from service.model import BlockKind
from service.script import render
from tests.extraction.writing import document, heading, item

POST = (
    (BlockKind.TITLE, "輝達將把晶片產能提高三成"),
    "輝達執行長黃仁勳（Jensen Huang）在專訪中表示，新廠每年可生產 120 萬片晶圓，造價 45 億美元。",
    "他認為，2027 年以前缺電的問題不會消失。",
    heading("成本"),
    item("電費占總成本的 18%"),
    "輝達宣布投資 30 億美元。為什麼選在這裡？",
)


def test_a_document_yields_names_figures_times_and_claims() -> None:
    found = extract(document(*POST))
    assert {"輝達", "黃仁勳", "Jensen Huang"} <= {mention.surface for mention in found.mentions}
    assert {"45 億美元", "18%", "30 億美元"} <= {figure.surface for figure in found.figures}
    assert "2027 年" in " ".join(time.surface for time in found.times)
    said = {claim.surface: claim.speaker and claim.speaker.surface for claim in found.claims}
    assert said["他認為，2027 年以前缺電的問題不會消失。"] == "黃仁勳"
    assert said["輝達宣布投資 30 億美元。"] == "輝達"
    assert "為什麼選在這裡？" not in said


def test_every_surface_is_its_slice_of_the_text() -> None:
    written = document(*POST)
    found = extract(written)
    spans = [(f.span, f.surface) for f in found.figures] + [(c.span, c.surface) for c in found.claims]
    spans += [(m.span, m.surface) for m in found.mentions] + [(t.span, t.surface) for t in found.times]
    assert all(written.slice(span) == surface for span, surface in spans)


def test_the_same_document_gives_the_same_facts() -> None:
    assert extract(document(*POST)) == extract(document(*POST))


def test_a_post_turned_to_the_other_script_claims_the_same() -> None:
    turned = [p if isinstance(p, str) else p[1] for p in POST]
    hans = [render(text, "zh-Hans") for text in turned]
    kinds = [BlockKind.PARAGRAPH if isinstance(p, str) else p[0] for p in POST]
    before = extract(document(*POST)).claims
    after = extract(document(*zip(kinds, hans, strict=True))).claims
    assert [claim.span for claim in before] == [claim.span for claim in after]
    assert [(c.kind, c.negated, c.quote) for c in before] == [(c.kind, c.negated, c.quote) for c in after]
    assert [c.speaker and c.speaker.span for c in before] == [c.speaker and c.speaker.span for c in after]


def test_an_empty_document_says_nothing() -> None:
    found = extract(document())
    assert not any((found.mentions, found.glosses, found.figures, found.times, found.claims))
