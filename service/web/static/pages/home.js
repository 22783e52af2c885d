// The front page: what is here, and three things worth a look, found in what has been read.

import { get } from "../api.js";
import { h } from "../dom.js";
import { articleItem, entityLink, section } from "../parts.js";
import { searchBox } from "../searchbox.js";
import { conflictCard, linkCard, namesCard } from "../showcase.js";
import { t } from "../words.js";

const NEWEST = 6;
const COUNTED = ["articles", "entities", "claims", "figures"];

async function numbers() {
  const pages = await Promise.all(COUNTED.map((what) => get(`/v1/${what}`, { limit: 1, lang: "original" })));
  const shown = COUNTED.map((what, n) =>
    h(
      "li",
      {},
      h("a", { href: what === "claims" ? "/search" : `/${what}` }, t(`count.${what}`, { n: pages[n].total ?? 0 })),
    ),
  );
  return h("ul", { class: "numbers" }, shown);
}

export async function view({ features }) {
  const [counts, newest, people, companies] = await Promise.all([
    numbers(),
    get("/v1/articles", { limit: 2 * NEWEST }),
    get("/v1/entities", { kind: "person", limit: 10 }),
    get("/v1/entities", { kind: "company", limit: 10 }),
  ]);
  const hero = h(
    "section",
    { class: "hero" },
    h("h1", {}, t("home.title")),
    h("p", { class: "lead" }, t("home.lead")),
    searchBox(),
    counts,
  );
  if (!newest.items.length) return { title: "", node: h("div", {}, hero, h("p", { class: "empty" }, t("home.empty"))) };
  const slots = [0, 1, 2].map(() => h("li", { class: "show waiting" }));
  const known = { people: people.items, companies: companies.items, features };
  const node = h(
    "div",
    {},
    hero,
    section(t("home.shows"), h("ol", { class: "shows" }, slots)),
    h(
      "div",
      { class: "columns" },
      section(
        t("home.newest"),
        newest.items
          .filter((article) => !article.draft)
          .slice(0, NEWEST)
          .map((article) => articleItem(article)),
        h("p", { class: "on" }, h("a", { href: "/articles" }, t("home.all"))),
      ),
      section(
        t("home.who"),
        h(
          "p",
          { class: "chips" },
          [...people.items, ...companies.items].map((one) => entityLink(one, String(one.articles))),
        ),
        h("p", { class: "on" }, h("a", { href: "/entities" }, t("home.everyone"))),
      ),
    ),
  );
  const shown = () => [namesCard, conflictCard, linkCard].forEach((card, n) => fill(slots[n], card(known)));
  return { title: "", node, shown };
}

async function fill(slot, card) {
  const found = await card.catch(() => null);
  slot.classList.remove("waiting");
  if (found) slot.replaceChildren(...found.flat());
  else slot.remove();
}
