// The reader's pages: which view an address shows, and how one gives way to the next.

import { failure, frame, pageShown } from "./frame.js";
import { found, route, start } from "./router.js";
import { chooseLanguage, loadTexts, t } from "./words.js";

const meta = (name) => document.querySelector(`meta[name="wenmai-${name}"]`).content;
export const features = new Set(meta("features").split(" ").filter(Boolean));

route("/", () => import("./pages/home.js"));
route("/search", () => import("./pages/search.js"));
route("/articles", () => import("./pages/articles.js"));
route("/articles/:id", () => import("./pages/article.js"));
route("/entities", () => import("./pages/entities.js"));
route("/entities/:id", () => import("./pages/entity.js"));
route("/claims/:id", () => import("./pages/claim.js"));
route("/figures", () => import("./pages/figures.js"));
route("/graph", () => import("./pages/graph.js"));
if (features.has("conflicts")) route("/conflicts", () => import("./pages/conflicts.js"));

let turn = 0;

async function show({ scroll }) {
  const mine = ++turn;
  const query = Object.fromEntries(new URLSearchParams(location.search));
  chooseLanguage(query.lang);
  const slots = frame(features, () => show({ scroll: scrollY }));
  slots.busy(true);
  let view;
  try {
    view = await drawn(query);
  } catch (error) {
    view = failure(error);
  }
  if (mine !== turn) return; // somebody went on meanwhile
  slots.busy(false);
  document.title = view.title ? `${view.title}｜wenmai ${t("name")}` : `wenmai ${t("name")}`;
  pageShown(view.node, scroll);
  view.shown?.();
}

async function drawn(query) {
  const place = found(location.pathname);
  if (!place) return failure({ status: 404 });
  const { view } = await place.load();
  return view({ params: place.params, query, features });
}

await loadTexts(`${meta("static")}/texts.json`);
start(show);
