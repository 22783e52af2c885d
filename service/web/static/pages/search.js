// What fits some words, and, for a whole sentence, who says the same and who says otherwise.

import { address, get } from "../api.js";
import { h } from "../dom.js";
import { articleItem, articleUrl, claimCard, entityUrl, kindOf, listing, section, why } from "../parts.js";
import { marked, places } from "../marks.js";
import { searchBox } from "../searchbox.js";
import { t, tongue } from "../words.js";

const KINDS = ["article", "entity", "claim"];
const LEAST_OF_A_SENTENCE = 10; // characters

export async function view({ query }) {
  const q = (query.q ?? "").trim();
  if (!q) return nothingAsked(query.kind === "claim");
  const kind = KINDS.includes(query.kind) ? query.kind : undefined;
  const wanted = { q, kind, limit: 20 };
  const asks = !kind && [...q].length >= LEAST_OF_A_SENTENCE;
  const [first, lookup] = await Promise.all([
    get("/v1/search", wanted),
    asks ? get("/v1/claims/lookup", { text: q, limit: 8 }) : null,
  ]);
  const tabs = [undefined, ...KINDS].map((one) =>
    h(
      "a",
      { href: address("/search", { q, kind: one }), "aria-current": one === kind && "true" },
      t(one ? `search.${one}` : "search.all"),
    ),
  );
  const none = h("p", { class: "empty" }, t("search.nothing", { q }));
  const node = h(
    "div",
    { class: "narrow" },
    h("h1", { class: asks ? "asked long" : "asked" }, t("search.title", { q })),
    h("nav", { class: "tabs", "aria-label": t("search.kind") }, tabs),
    lookup && lookup.matches.length ? sayings(lookup) : null,
    listing("/v1/search", wanted, first, drawn, lookup?.matches.length ? h("span") : none),
  );
  return { title: t("search.title", { q }), node };
}

// Before anything is asked: what can be, and, of claims, all there are.
async function nothingAsked(claims) {
  const wanted = { limit: 20 };
  const list = claims
    ? listing("/v1/claims", wanted, await get("/v1/claims", wanted), (claim) => claimCard(claim))
    : null;
  const hint = h("p", { class: "quiet" }, t("search.hint"));
  return { title: t("search"), node: h("div", { class: "narrow" }, h("h1", {}, t("search")), searchBox(), hint, list) };
}

function sayings(lookup) {
  const { agree, conflict } = lookup.counts;
  const told = t("lookup.counts", { agree, conflict });
  return section(
    t("lookup.title"),
    h("p", { class: "quiet" }, told),
    lookup.matches.map((one) =>
      claimCard(one.claim, {
        relation: one.relation,
        note: `${t(`relation.${one.relation}`)}${t("colon")}${why(one.why)}`,
      }),
    ),
  );
}

function drawn(hit) {
  if (hit.kind === "claim") return claimCard(hit.claim, { found: hit.highlights[0] && marked(hit.highlights[0]) });
  if (hit.kind === "entity") {
    const other = [hit.entity.names.hant, hit.entity.names.hans, hit.entity.names.en].filter(
      (name) => name && name !== hit.entity.name,
    );
    return h(
      "article",
      { class: "item row" },
      h("h2", {}, h("a", { href: entityUrl(hit.entity) }, hit.entity.name)),
      kindOf(hit.entity),
      h("span", { class: "quiet" }, [...new Set(other)].join(t("comma"))),
    );
  }
  const found = places(hit.highlights);
  const title = found.find((one) => one.text === hit.article.title);
  const shown = found.filter((one) => one !== title).slice(0, 2);
  const more = shown.map((one) =>
    h(
      "p",
      { class: "about" },
      h("a", { class: "place", href: articleUrl(hit.article, one.line) }, t("line", { line: String(one.line) })),
      " ",
      h("span", { lang: tongue(one.text) }, marked(one)),
    ),
  );
  return articleItem(
    { ...hit.article, description: shown.length ? null : hit.article.description },
    { more, level: 2, title: title && marked(title) },
  );
}
