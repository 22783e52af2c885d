import { address, get } from "../api.js";
import { h } from "../dom.js";
import { entityUrl, kindOf, listing } from "../parts.js";
import { t } from "../words.js";

const KINDS = ["person", "company", "organization", "product", "place", "work", "topic"];

export async function view({ query }) {
  const wanted = { kind: KINDS.includes(query.kind) ? query.kind : undefined, limit: 50 };
  const first = await get("/v1/entities", wanted);
  const tabs = [undefined, ...KINDS].map((kind) =>
    h(
      "a",
      { href: address("/entities", { kind }), "aria-current": kind === wanted.kind && "true" },
      t(kind ? `kind.${kind}` : "search.all"),
    ),
  );
  const draw = (entity) => {
    const other = [...new Set([entity.names.hant, entity.names.hans, entity.names.en, ...entity.aliases])].filter(
      (name) => name && name !== entity.name,
    );
    return h(
      "article",
      { class: "item row" },
      h("h2", {}, h("a", { href: entityUrl(entity) }, entity.name)),
      kindOf(entity),
      h("span", { class: "quiet grow" }, other.slice(0, 4).join(t("comma"))),
      h("span", { class: "quiet" }, t("count.articles", { n: entity.articles })),
    );
  };
  const node = h(
    "div",
    { class: "narrow" },
    h("h1", {}, t("nav.entities")),
    h("nav", { class: "tabs", "aria-label": t("search.kind") }, tabs),
    listing("/v1/entities", wanted, first, draw),
  );
  return { title: t("nav.entities"), node };
}
