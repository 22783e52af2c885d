// A post with what was found in it, in place.

import { all, get, of } from "../api.js";
import { h } from "../dom.js";
import { articleFacts, articleUrl, entityLink, linkReason, reason, section } from "../parts.js";
import { articleBody, choices } from "../reading.js";
import { amountTable } from "../chart.js";
import { t, tongue } from "../words.js";

export async function view({ params, query }) {
  const part = (name, parameters) => get(of("articles", params.id, name), { limit: 100, ...parameters });
  const [article, text, entities, figures, related, links, backlinks] = await Promise.all([
    get(of("articles", params.id)),
    part("text"),
    part("entities"),
    all(of("articles", params.id, "figures"), {}, 300),
    part("related", { limit: 6 }),
    part("links"),
    part("backlinks", { limit: 20 }),
  ]);
  const known = {
    title: article.title,
    // the headings below the title's
    top: Math.min(6, ...article.headings.filter((one) => one.text !== article.title).map((one) => one.level)),
    entities: new Map(entities.items.map((one) => [one.entity.id, one.entity])),
    figures: new Map(figures.map((figure) => [figure.id, figure])),
  };
  const line = Number(query.line) || null;
  const body = articleBody(params.id, text, known, line);
  const head = h(
    "header",
    { class: "article-head" },
    h("h1", { lang: tongue(article.title) }, article.title),
    articleFacts(article),
    tags(article),
    counts(article),
  );
  const side = h(
    "aside",
    { class: "side" },
    whom(entities.items),
    nearby(related.items),
    leading(links.items, backlinks.items),
    section(t("nav.graph"), h("p", {}, h("a", { href: `/graph?article=${params.id}` }, t("graph.around")))),
  );
  const main = h("div", {}, choices(body), body, figures.length ? amountTable(figures, article) : null);
  return {
    title: article.title,
    node: h("div", { class: "reading" }, head, main, side),
    shown: () => toLine(body, line),
  };
}

function toLine(body, line) {
  const target =
    line && [...body.querySelectorAll("[data-line]")].findLast((block) => Number(block.dataset.line) <= line);
  if (!target) return;
  target.classList.add("aimed");
  target.scrollIntoView({ block: "center" });
}

function tags(article) {
  if (!article.tags.length) return null;
  return h(
    "p",
    { class: "chips" },
    article.tags.map((tag) => h("a", { class: "tag", href: `/articles?tag=${encodeURIComponent(tag)}` }, tag)),
  );
}

function counts(article) {
  const told = ["entities", "figures", "claims", "links"].filter((what) => article.counts[what]);
  return h("p", { class: "quiet" }, told.map((what) => t(`count.${what}`, { n: article.counts[what] })).join(" · "));
}

function whom(items) {
  if (!items.length) return null;
  const often = [...items].sort((a, b) => b.mentions.length - a.mentions.length);
  return section(
    t("article.names"),
    h(
      "p",
      { class: "chips" },
      often.map((one) => entityLink(one.entity, one.mentions.length)),
    ),
  );
}

function nearby(items) {
  if (!items.length) return null;
  const entry = (one) =>
    h(
      "li",
      {},
      h("a", { href: articleUrl(one.article), lang: tongue(one.article.title) }, one.article.title),
      h("ul", { class: "reasons" }, one.reasons.slice(0, 3).map(reason)),
    );
  return section(t("article.related"), h("ul", { class: "plain" }, items.map(entry)));
}

function leading(links, backlinks) {
  const out = links
    .filter((link) => link.resolved?.article)
    .map((link) => ({ ...link, article: link.resolved.article, direction: "out" }));
  const entries = [...out, ...backlinks.map((link) => ({ ...link, direction: "in" }))];
  if (!entries.length) return null;
  const posts = new Map();
  for (const link of entries) posts.set(link.article.id, [...(posts.get(link.article.id) ?? []), link]);
  const entry = (some) =>
    h(
      "li",
      {},
      h("a", { href: articleUrl(some[0].article), lang: tongue(some[0].article.title) }, some[0].article.title),
      h(
        "ul",
        { class: "reasons" },
        [...new Set(some.map(linkReason))].map((told) => h("li", {}, told)),
      ),
    );
  return section(t("article.links"), h("ul", { class: "plain" }, [...posts.values()].map(entry)));
}
