// Three things that show what the service is for, each looked for in the posts that are here.

import { get, of } from "./api.js";
import { h } from "./dom.js";
import { articleUrl, claimUrl, entityUrl, namesIn, withFigures } from "./parts.js";
import { t } from "./words.js";

const MOST_NAMES = 6; // shown
const MOST_ASKED = 8; // claims looked at for two that disagree

function card(title, body, href, go) {
  return [h("h3", {}, title), body, h("p", { class: "go" }, h("a", { href }, go))];
}

// Whom the posts know by most names.
export async function namesCard({ people, companies }) {
  const likely = [...people, ...companies].filter((one) => one.articles > 1).slice(0, 8);
  const found = await Promise.all(likely.map(namesOf));
  const best = found.sort((a, b) => b.names.length - a.names.length)[0];
  if (!best || best.names.length < 2) return null;
  const chips = h(
    "p",
    { class: "names" },
    best.names.slice(0, MOST_NAMES).map((name) => h("span", {}, name)),
  );
  const title = t(best.entity.kind === "person" ? "show.names.person" : "show.names.company", { n: best.names.length });
  return card(
    title,
    [chips, h("p", { class: "quiet" }, t("show.names.text"))],
    entityUrl(best.entity),
    t("show.names.go"),
  );
}

async function namesOf(entity) {
  const page = await get(of("entities", entity.id, "evidence"), { limit: 100 });
  return { entity, names: [...namesIn(page.items, entity.id).keys()] };
}

// Two posts that give different numbers for one thing.
export async function conflictCard({ people, companies, features }) {
  const pair =
    (await disagreement([...companies.slice(0, 4), ...people.slice(0, 2)])) ??
    (features.has("conflicts") ? await listed() : null);
  if (!pair) return null;
  const sides = [pair.claim, pair.other].map((claim) =>
    h(
      "blockquote",
      {},
      h("p", {}, withFigures(claim.text, claim.figures)),
      h("footer", { class: "quiet" }, claim.article.title),
    ),
  );
  return card(t("show.conflict"), h("div", { class: "sides" }, sides), claimUrl(pair.claim), t("show.conflict.go"));
}

// All disagreements are found by looking at all claims: that takes longer than the front page should.
async function listed() {
  const page = await get("/v1/conflicts", { limit: 10 });
  return page.items.find((one) => one.claim.figures.length && one.other.figures.length) ?? null;
}

async function disagreement(entities) {
  const asked = new Set();
  for (const entity of entities) {
    const claims = await get("/v1/claims", { entity: entity.id, limit: 60 });
    for (const claim of rivals(claims.items)) {
      if (asked.has(claim.id)) continue;
      if (asked.size >= MOST_ASKED) return null;
      asked.add(claim.id);
      const detail = await get(of("claims", claim.id));
      const other = detail.conflicting.find((one) => one.claim.figures.length);
      if (other) return { claim: detail, other: other.claim };
    }
  }
  return null;
}

// Claims with a figure of which another post gives another value in the same unit, the likeliest first.
function rivals(claims) {
  const scored = claims.map((claim) => {
    const against = claims.filter(
      (other) =>
        other.article.id !== claim.article.id &&
        claim.figures.some((a) =>
          other.figures.some(
            (b) => a.unit === b.unit && a.per === b.per && a.low !== b.low && !["count", "%", "year"].includes(a.unit),
          ),
        ),
    );
    return { claim, weight: against.length };
  });
  return scored
    .filter((one) => one.weight)
    .sort((a, b) => b.weight - a.weight)
    .map((one) => one.claim);
}

// A link whose author says why it is there.
export async function linkCard({ people, companies }) {
  for (const entity of [...companies.slice(0, 3), ...people.slice(0, 3)]) {
    const graph = await get("/v1/graph", { entity: entity.id, depth: 2, limit: 150 });
    const edges = graph.edges.filter((one) => one.kind === "link" && (one.relation || one.note));
    const edge = edges.find((one) => one.relation && one.note) ?? edges[0];
    if (!edge) continue;
    const [from, to] = [edge.source, edge.target].map((id) => graph.nodes.find((node) => node.id === id).article);
    const body = h(
      "p",
      { class: "leads" },
      h("span", {}, from.title),
      h("span", { class: "reason-line" }, [edge.relation, edge.note].filter(Boolean).join(t("colon"))),
      h("span", {}, to.title),
    );
    return card(t("show.link"), body, articleUrl(from), t("show.link.go"));
  }
  return null;
}
