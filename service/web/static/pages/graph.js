// What lies around a person, a thing or a post, as a map to walk in; and the same as a list.

import { address, get } from "../api.js";
import { h, later } from "../dom.js";
import { drawGraph } from "../graph-view.js";
import { articleUrl, entityLink, entityUrl } from "../parts.js";
import { go } from "../router.js";
import { number, t } from "../words.js";

const MOST = [50, 200, 500, 2000]; // nodes of one answer
const USUAL = 200;

// A service that gives fewer nodes than are wanted is asked for the usual number.
async function around(start, depth, limit = USUAL) {
  try {
    return await get("/v1/graph", { ...start, depth, limit });
  } catch (error) {
    if (error.status !== 422 || limit <= USUAL) throw error;
    return get("/v1/graph", { ...start, depth, limit: USUAL });
  }
}
export const nameOf = (node) => node.article?.title ?? node.entity?.name ?? node.id;
const urlOf = (node) => (node.article ? articleUrl(node.article) : entityUrl(node.entity));

export async function view({ query }) {
  const likely = await get("/v1/entities", { limit: 8 });
  const start = query.article ? { article: query.article } : { entity: query.entity ?? likely.items[0]?.id };
  if (!start.article && !start.entity) return { title: t("nav.graph"), node: h("p", { class: "empty" }, t("nothing")) };
  const depth = [1, 2, 3].includes(Number(query.depth)) ? Number(query.depth) : 2;
  const most = MOST.includes(Number(query.most)) ? Number(query.most) : USUAL;
  const graph = await around(start, depth, most);
  const stage = h("div", {
    class: "graph-stage",
    role: "img",
    "aria-label": t("graph.label", { n: graph.nodes.length }),
  });
  const tools = h("div", { class: "graph-tools" });
  const panel = h("div", { class: "graph-panel", "aria-live": "polite" }, h("p", { class: "quiet" }, t("graph.hint")));
  const list = h("details", { class: "part" }, h("summary", {}, t("graph.list")), listed(graph));
  const node = h(
    "div",
    { class: "graph-page" },
    h("h1", {}, t("graph.title", { name: nameOf(graph.nodes[0]) })),
    chooser(start, depth, most, likely.items),
    h("div", { class: "graph-box" }, h("div", { class: "graph-frame" }, stage, tools), panel),
    legend(),
    list,
  );
  return {
    title: t("nav.graph"),
    node,
    shown: async () => {
      const drawn = await drawGraph(stage, graph, (chosen, grow) => describe(panel, chosen, grow, list));
      if (drawn) tools.append(...controls(drawn));
    },
  };
}

// By keyboard and finger what the wheel does, and a name sought among all.
function controls(drawn) {
  const told = h("span", { class: "quiet", role: "status" });
  const seek = later((text) => {
    const found = drawn.seek(text);
    told.textContent = found === null ? "" : t("graph.found", { n: found });
  }, 150);
  const label = t("graph.seek");
  const oninput = (event) => seek(event.target.value);
  const button = (name, sign, action) => h("button", { type: "button", "aria-label": name, title: name, onclick: action }, sign);
  return [
    h("input", { type: "search", placeholder: label, "aria-label": label, maxlength: 60, oninput }),
    told,
    button(t("graph.nearer"), "+", () => drawn.zoom(1.5)),
    button(t("graph.farther"), "−", () => drawn.zoom(1 / 1.5)),
    h("button", { type: "button", onclick: drawn.whole }, t("graph.whole")),
  ];
}

function chooser(start, depth, most, likely) {
  const change = (event) => go(address("/graph", { ...start, ...Object.fromEntries(new FormData(event.target.form)) }));
  const depths = [1, 2, 3].map((one) =>
    h("option", { value: one, selected: one === depth }, t("graph.steps", { n: one })),
  );
  const sizes = MOST.map((one) => h("option", { value: one, selected: one === most }, number(one)));
  const others = likely.map((entity) =>
    h(
      "a",
      {
        class: `entity ${entity.kind}`,
        href: address("/graph", { entity: entity.id }),
        "aria-current": entity.id === start.entity && "true",
      },
      entity.name,
    ),
  );
  return h(
    "form",
    { class: "chooser" },
    h("label", {}, t("graph.depth"), h("select", { name: "depth", onchange: change }, depths)),
    h("label", {}, t("graph.most"), h("select", { name: "most", onchange: change }, sizes)),
    h("p", { class: "chips" }, others),
  );
}

function legend() {
  return h(
    "p",
    { class: "legend" },
    ["person", "company", "product", "article"].map((kind) =>
      h("span", { class: `legend-${kind}` }, t(kind === "article" ? "search.article" : `kind.${kind}`)),
    ),
  );
}

function listed(graph) {
  const named = new Map(graph.nodes.map((node) => [node.id, node]));
  const links = graph.edges.filter((edge) => edge.kind === "link");
  const entry = (node) => {
    const out = links
      .filter((edge) => edge.source === node.id)
      .map((edge) => named.get(edge.target))
      .filter(Boolean);
    return h(
      "li",
      {},
      node.entity ? entityLink(node.entity) : h("a", { href: urlOf(node) }, nameOf(node)),
      out.length ? h("span", { class: "quiet" }, ` → ${out.map(nameOf).join(t("comma"))}`) : null,
    );
  };
  return h("ul", { class: "plain" }, graph.nodes.map(entry));
}

function describe(panel, chosen, grow, list) {
  const { node, edges } = chosen;
  const more = h("button", { type: "button" }, t("graph.grow"));
  more.addEventListener("click", async () => {
    more.disabled = true;
    const graph = await around(node.article ? { article: node.article.id } : { entity: node.entity.id }, 1);
    const whole = await grow(graph);
    list.lastElementChild.replaceWith(listed(whole));
    panel.append(h("p", { class: "quiet" }, t("graph.size", { n: whole.nodes.length })));
  });
  const reasons = edges
    .filter((edge) => edge.relation || edge.note)
    .slice(0, 4)
    .map((edge) => h("li", {}, [edge.relation, edge.note].filter(Boolean).join(t("colon"))));
  panel.replaceChildren(
    h("h2", {}, h("a", { href: urlOf(node) }, nameOf(node))),
    h(
      "p",
      { class: "quiet" },
      node.entity ? t(`kind.${node.entity.kind}`) : t("search.article"),
      " · ",
      t("graph.edges", { n: edges.length }),
    ),
    h("ul", { class: "reasons" }, reasons),
    more,
  );
}
