// A person, company or thing: all its names and why they are one, what is said of it, who is around it.

import { get, of } from "../api.js";
import { h } from "../dom.js";
import { articleItem, articleUrl, claimCard, entityLink, kindOf, listing, namesIn, section } from "../parts.js";
import { byUnit, figureDots } from "../chart.js";
import { course } from "../timeline.js";
import { ring } from "../ring.js";
import { date, t, tongue } from "../words.js";

const TIMED = 100; // claims the timeline shows
const RING = 12; // names in the drawing

export async function view({ params }) {
  const part = (name, limit) => get(of("entities", params.id, name), { limit });
  const [entity, evidence, claims, articles, neighbours, figures] = await Promise.all([
    get(of("entities", params.id)),
    part("evidence", 100),
    part("claims", TIMED),
    part("articles", 100),
    part("neighbours", 16),
    get("/v1/figures", { entity: params.id, limit: 60 }),
  ]);
  const head = h(
    "header",
    {},
    h("h1", { lang: tongue(entity.name) }, entity.name),
    h(
      "p",
      { class: "facts" },
      kindOf(entity),
      h("span", {}, t("count.articles", { n: entity.counts.articles })),
      h("span", {}, t("count.mentions", { n: entity.counts.mentions })),
      h("span", {}, t("count.claims", { n: entity.counts.claims })),
    ),
  );
  const published = new Map(articles.items.map((article) => [article.id, article.published]));
  const chart = await charted(figures.items, published);
  const main = h("div", {}, named(evidence.items, entity.id), chart, timeline(claims, published));
  const side = h(
    "aside",
    { class: "side" },
    forms(entity),
    around(neighbours.items),
    section(
      t("nav.graph"),
      neighbours.items.length ? ring(neighbours.items.slice(0, RING), entity.name) : null,
      h("p", {}, h("a", { href: `/graph?entity=${encodeURIComponent(entity.id)}` }, t("graph.around"))),
    ),
    section(
      t("entity.articles"),
      listing(of("entities", entity.id, "articles"), { limit: 100 }, articles, (article) => articleItem(article)),
    ),
  );
  return { title: entity.name, node: h("div", { class: "reading" }, head, main, side) };
}

function forms(entity) {
  const rows = ["hant", "hans", "en"]
    .filter((form) => entity.names[form])
    .map((form) => [h("dt", {}, t(`form.${form}`)), h("dd", {}, entity.names[form])]);
  return rows.length ? section(t("entity.forms"), h("dl", { class: "forms" }, rows)) : null;
}

// Every name with what says that it is this one's.
function named(items, id) {
  const names = namesIn(items, id);
  const seen = [...names].filter(([, said]) => said.some((one) => one.kind !== "lexicon"));
  const listed = [...names].filter(([, said]) => said.every((one) => one.kind === "lexicon"));
  const entry = ([name, said]) =>
    h("li", {}, h("h3", { lang: tongue(name) }, name), h("ul", { class: "evidence" }, said.slice(0, 4).map(witness)));
  const also = listed.length
    ? h("p", { class: "quiet" }, t("evidence.listed", { names: listed.map(([name]) => name).join(t("comma")) }))
    : null;
  return section(t("entity.names", { n: names.size }), h("ul", { class: "names-list" }, seen.map(entry)), also);
}

function witness(one) {
  const told = t(`evidence.${one.kind}`, { n: one.count, other: one.other ?? "", by: one.by ?? "—" });
  const where = one.article
    ? h(
        "a",
        { href: articleUrl(one.article, one.line) },
        one.line ? t("claim.where", { title: one.article.title, line: String(one.line) }) : one.article.title,
      )
    : null;
  const why = one.why ? h("span", { class: "quiet" }, one.why) : null;
  return h("li", {}, h("span", { class: `kind evidence-${one.kind}` }, told), where, why);
}

async function charted(figures, published) {
  const [group] = byUnit(figures).filter((some) => new Set(some.map((figure) => figure.article.id)).size > 1);
  if (!group) return null;
  return section(
    t("entity.figures"),
    await course(group, t("chart.course"), published),
    figureDots(
      [...group].sort((a, b) => b.high - a.high),
      t("entity.figures"),
    ),
  );
}

function timeline(claims, published) {
  const posts = new Map();
  for (const claim of claims.items) posts.set(claim.article.id, [...(posts.get(claim.article.id) ?? []), claim]);
  const entry = ([id, said]) =>
    h(
      "li",
      {},
      h(
        "p",
        { class: "when" },
        h("time", {}, date(published.get(id)) || t("entity.undated")),
        h("a", { href: articleUrl(said[0].article) }, said[0].article.title),
      ),
      said.map((claim) => claimCard(claim, { place: false })),
    );
  const body = posts.size
    ? h("ol", { class: "timeline" }, [...posts].map(entry))
    : h("p", { class: "quiet" }, t("nothing"));
  const rest = claims.next ? h("p", { class: "quiet" }, t("entity.most", { n: TIMED })) : null;
  return section(t("entity.timeline"), body, rest);
}

function around(neighbours) {
  if (!neighbours.length) return null;
  return section(
    t("entity.neighbours"),
    h(
      "p",
      { class: "chips" },
      neighbours.map((one) => entityLink(one.entity, one.articles)),
    ),
  );
}
