// The front page: what is here, and three things worth a look, found in what has been read.

import { get } from "../api.js";
import { h } from "../dom.js";
import { failure } from "../frame.js";
import { articleItem, entityLink, section } from "../parts.js";
import { searchBox } from "../searchbox.js";
import { conflictCard, linkCard, namesCard } from "../showcase.js";
import { t } from "../words.js";

const NEWEST = 6;
const COUNTED = { articles: "/articles", entities: "/entities", claims: "/search?kind=claim", figures: "/figures" };
const SOON = 100; // milliseconds that answers may take before the page stands there without them

// The search can be used at once; what it stands above comes when the service has said it.
export async function view({ features }) {
  const counts = h("ul", { class: "numbers" });
  const slots = [0, 1, 2].map(() => h("li", { class: "show waiting" }));
  const shows = section(t("home.shows"), h("ol", { class: "shows" }, slots));
  const columns = h("div", { class: "columns" });
  const node = h("div", {}, hero(counts), shows, columns);
  const filled = fill({ counts, slots, shows, columns, features });
  filled.catch((error) => node.replaceChildren(failure(error).node));
  await Promise.race([filled, new Promise((resolve) => setTimeout(resolve, SOON))]);
  return { title: "", node };
}

function hero(counts) {
  return h(
    "section",
    { class: "hero" },
    h("h1", {}, t("home.title")),
    h("p", { class: "lead" }, t("home.lead")),
    searchBox(),
    counts,
  );
}

async function fill({ counts, slots, shows, columns, features }) {
  const [numbers, newest, people, companies] = await Promise.all([
    Promise.all(Object.entries(COUNTED).map(counted)),
    get("/v1/articles", { limit: NEWEST, drafts: "false" }),
    get("/v1/entities", { kind: "person", limit: 10 }),
    get("/v1/entities", { kind: "company", limit: 10 }),
  ]);
  counts.append(...numbers);
  if (!newest.items.length) {
    shows.replaceWith(h("p", { class: "empty" }, t("home.empty")));
    return;
  }
  columns.append(posts(newest.items), whom([...people.items, ...companies.items]));
  const known = { people: people.items, companies: companies.items, features };
  [namesCard, conflictCard, linkCard].forEach((card, n) => draw(slots[n], card(known)));
}

async function counted([what, href]) {
  const page = await get(`/v1/${what}`, { limit: 1, lang: "original" });
  return h("li", {}, h("a", { href }, t(`count.${what}`, { n: page.total ?? 0 })));
}

function posts(newest) {
  const all = h("p", { class: "on" }, h("a", { href: "/articles" }, t("home.all")));
  const items = newest.map((article) => articleItem(article));
  return section(t("home.newest"), items, all);
}

function whom(entities) {
  const named = entities.map((one) => entityLink(one, one.articles));
  const all = h("p", { class: "on" }, h("a", { href: "/entities" }, t("home.everyone")));
  return section(t("home.who"), h("p", { class: "chips" }, named), all);
}

async function draw(slot, card) {
  const found = await card.catch(() => null);
  slot.classList.remove("waiting");
  if (found) slot.replaceChildren(...found.flat());
  else slot.remove();
}
