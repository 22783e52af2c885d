// One claim, and beside it who says the same and who says otherwise. Nobody is judged.

import { get, of } from "../api.js";
import { h } from "../dom.js";
import { articleUrl, claimCard, entityLink, section, shortened, why, withFigures } from "../parts.js";
import { shared, sides } from "../chart.js";
import { course } from "../timeline.js";
import { number, t, tongue } from "../words.js";

export async function view({ params }) {
  const claim = await get(of("claims", params.id));
  const { agreeing, conflicting, related } = claim;
  const figures = shared(claim, [...agreeing, ...conflicting]);
  const node = h(
    "div",
    {},
    h(
      "header",
      { class: "claim-head" },
      h("p", { class: "quiet" }, t("claim.title")),
      h("h1", { class: "claim-text", lang: tongue(claim.text) }, withFigures(claim.text, claim.figures)),
      facts(claim),
    ),
    h("div", { class: "beside" }, column("agree", agreeing), column("conflict", conflicting)),
    figures.length
      ? section(
          t("chart.sources"),
          h("div", { class: "charts" }, sides(figures), await overTime(figures)),
        )
      : null,
    related.length
      ? section(
          t("relation.related"),
          related.slice(0, 8).map((one) => claimCard(one.claim, { note: why(one.why) })),
        )
      : null,
  );
  return { title: shortened(claim.text, 30), node };
}

const overTime = (figures) =>
  course(
    figures.map((figure) => ({ ...figure, article: figure.said.article, claim: figure.said.id })),
    t("chart.course"),
  );

function facts(claim) {
  const who = claim.speaker ? entityLink(claim.speaker) : h("span", {}, t("claim.author"));
  const where = h(
    "a",
    { class: "where", href: articleUrl(claim.article, claim.line) },
    t("claim.where", { title: claim.article.title, line: String(claim.line) }),
  );
  const named = claim.entities.length
    ? h(
        "p",
        { class: "chips" },
        claim.entities.map((entity) => entityLink(entity)),
      )
    : null;
  return [
    h(
      "p",
      { class: "facts" },
      who,
      h("span", { class: "kind" }, t(`claim.${claim.kind}`)),
      claim.quote && h("span", { class: "kind" }, t("claim.quote")),
      where,
    ),
    named,
  ];
}

function column(relation, found) {
  const cards = found.map((one) => claimCard(one.claim, { relation, note: why(one.why) }));
  const none = h("p", { class: "quiet" }, t(`claim.no.${relation}`));
  return h(
    "section",
    { class: `column ${relation}` },
    h("h2", {}, t(`relation.${relation}`), h("span", { class: "many" }, number(found.length))),
    cards.length ? cards : none,
  );
}
