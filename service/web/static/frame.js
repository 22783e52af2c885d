// What stands around every view: the name, the way to the views, the search, the language.

import { h } from "./dom.js";
import { go, refine } from "./router.js";
import { searchBox } from "./searchbox.js";
import { LANGUAGES, language, setLanguage, setOriginal, showsOriginal, t } from "./words.js";

const NAMES = { "zh-TW": "繁體中文", "zh-CN": "简体中文", en: "English" };
let drawnFor = null;
let drawn = false;
let main;
let progress;

function languages(redraw) {
  const change = (event) => {
    setLanguage(event.target.value);
    refine({ lang: event.target.value });
    redraw();
  };
  const options = LANGUAGES.map((one) =>
    h("option", { value: one, lang: one, selected: one === language() }, NAMES[one]),
  );
  return h(
    "label",
    { class: "language" },
    h("span", { class: "unseen" }, t("language")),
    h("select", { onchange: change }, options),
  );
}

function originals(redraw) {
  if (language() === "en") return null;
  const change = (event) => {
    setOriginal(event.target.checked);
    redraw();
  };
  return h(
    "label",
    { class: "original", title: t("original.why") },
    h("input", { type: "checkbox", checked: showsOriginal(), onchange: change }),
    t("original"),
  );
}

function links(features) {
  const views = ["articles", "entities", "figures", "conflicts", "graph"];
  return views
    .filter((view) => view !== "conflicts" || features.has(view))
    .map((view) =>
      h("a", { href: `/${view}`, "aria-current": location.pathname === `/${view}` && "page" }, t(`nav.${view}`)),
    );
}

function header(features, redraw) {
  const brand = h(
    "a",
    { class: "brand", href: "/" },
    h("span", { class: "brand-han", lang: "zh-TW" }, "文脈"),
    h("span", { class: "brand-latin" }, "wenmai"),
  );
  const skip = h(
    "a",
    {
      class: "skip",
      href: "#main",
      onclick: (event) => {
        event.preventDefault();
        main.focus();
      },
    },
    t("skip"),
  );
  const nav = h("nav", { class: "views", "aria-label": t("nav") }, links(features));
  const box =
    location.pathname === "/"
      ? null
      : searchBox({ compact: true, value: new URLSearchParams(location.search).get("q") ?? "" });
  return h(
    "header",
    { class: "top" },
    skip,
    h("div", { class: "top-row" }, brand, box, h("div", { class: "choices" }, originals(redraw), languages(redraw))),
    nav,
  );
}

function footer() {
  return h(
    "footer",
    { class: "bottom" },
    h("p", {}, t("footer")),
    h("p", {}, h("a", { href: "/docs" }, t("footer.api")), " · ", h("a", { href: "/admin" }, t("footer.admin"))),
  );
}

// Draw what surrounds the views, and give the slot the next one goes into.
export function frame(features, redraw) {
  const wanted = `${language()} ${location.pathname === "/"} ${showsOriginal()}`;
  const app = document.getElementById("app");
  if (drawnFor === null) {
    main = h("main", { id: "main", tabindex: "-1" });
    progress = h("div", { class: "progress", role: "status", "aria-live": "polite" });
    app.replaceChildren(progress, header(features, redraw), main, footer());
  } else if (drawnFor !== wanted) {
    app.querySelector("header.top").replaceWith(header(features, redraw));
    app.querySelector("footer.bottom").replaceWith(footer());
  } else {
    app.querySelector("nav.views").replaceChildren(...links(features));
  }
  drawnFor = wanted;
  return { busy };
}

function busy(is) {
  document.body.classList.toggle("busy", is);
  progress.textContent = is ? t("loading") : "";
}

export function pageShown(node, scroll) {
  main.replaceChildren(node);
  if (scroll === null) {
    scrollTo(0, 0);
    if (drawn) main.focus({ preventScroll: true }); // so that what is read aloud goes on at the new view
  } else {
    scrollTo(0, scroll);
  }
  drawn = true;
}

export function failure(error) {
  const key = error.status === 404 ? "missing" : error.status === 0 ? "offline" : "failed";
  const again = h("button", { type: "button", onclick: () => go(location.href) }, t("again"));
  const detail = key === "failed" ? h("p", { class: "quiet" }, error.message ?? "") : null;
  const node = h(
    "section",
    { class: "failure" },
    h("h1", {}, t(`${key}.title`)),
    h("p", {}, t(`${key}.text`)),
    detail,
    h("p", {}, key === "missing" ? h("a", { href: "/" }, t("home")) : again),
  );
  return { title: t(`${key}.title`), node };
}
