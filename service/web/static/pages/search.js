// What fits some words, and, for a whole sentence, who says the same and who says otherwise.

import { address, get } from "../api.js";
import { h } from "../dom.js";
import { articleItem, articleUrl, claimCard, entityUrl, kindOf, listing, section, why } from "../parts.js";
import { searchBox } from "../searchbox.js";
import { t } from "../words.js";

const KINDS = ["article", "entity", "claim"];
const LEAST_OF_A_SENTENCE = 10; // characters

export async function view({ query }) {
  const q = (query.q ?? "").trim();
  if (!q)
    return {
      title: t("search"),
      node: h(
        "div",
        { class: "narrow" },
        h("h1", {}, t("search")),
        searchBox(),
        h("p", { class: "quiet" }, t("search.hint")),
      ),
    };
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
    listing("/v1/search", wanted, first, (hit) => drawn(hit, q), lookup?.matches.length ? h("span") : none),
  );
  return { title: t("search.title", { q }), node };
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

function drawn(hit, q) {
  if (hit.kind === "claim") return claimCard(hit.claim);
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
  const places = hit.highlights.filter((one) => one.text !== hit.article.title).slice(0, 2);
  const more = places.map((one) =>
    h(
      "p",
      { class: "about" },
      h("a", { class: "place", href: articleUrl(hit.article, one.line) }, t("line", { line: String(one.line) })),
      " ",
      marked(one.text, q),
    ),
  );
  return articleItem(
    { ...hit.article, description: places.length ? null : hit.article.description },
    { more, level: 2 },
  );
}

// Set off the words as they were typed; a hit in the other script stays plain, the line leads to it.
function marked(text, q) {
  const words = q
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const parts = text.split(new RegExp(`(${words.join("|")})`, "i"));
  return parts.map((part, n) => (n % 2 ? h("mark", {}, part) : part));
}
