// The editor's page: posts go in, sources and names are put right, and all of it can be taken back.

import { h } from "../dom.js";
import { LANGUAGES, chooseLanguage, language, loadTexts, setLanguage, t } from "../words.js";
import { conflictsPart } from "./judging.js";
import { decisionsPart } from "./decisions.js";
import { entitiesPart } from "./entities.js";
import { signIn, signOut, signedIn } from "./session.js";
import { sourcesPart } from "./sources.js";
import { uploadPart } from "./upload.js";

const meta = (name) => document.querySelector(`meta[name="wenmai-${name}"]`).content;
const NAMES = { "zh-TW": "繁體中文", "zh-CN": "简体中文", en: "English" };
let may = {};

function frame(body) {
  const change = (event) => {
    setLanguage(event.target.value);
    draw();
  };
  const options = LANGUAGES.map((one) =>
    h("option", { value: one, lang: one, selected: one === language() }, NAMES[one]),
  );
  const brand = h(
    "a",
    { class: "brand", href: "/" },
    h("span", { class: "brand-han", lang: "zh-TW" }, "文脈"),
    h("span", { class: "brand-latin" }, t("admin.title")),
  );
  const leave = signedIn()
    ? h(
        "button",
        {
          type: "button",
          onclick: () => {
            signOut();
            draw();
          },
        },
        t("admin.leave"),
      )
    : null;
  const top = h(
    "header",
    { class: "top" },
    h(
      "div",
      { class: "top-row" },
      brand,
      h(
        "div",
        { class: "choices" },
        leave,
        h(
          "label",
          { class: "language" },
          h("span", { class: "unseen" }, t("language")),
          h("select", { onchange: change }, options),
        ),
      ),
    ),
    h("nav", { class: "views" }),
  );
  document.title = `${t("admin.title")}｜wenmai`;
  document.getElementById("app").replaceChildren(top, h("main", { id: "main" }, body));
}

function login() {
  const error = h("p", { class: "error", role: "alert" });
  const input = h("input", {
    type: "password",
    name: "token",
    required: true,
    autocomplete: "off",
    spellcheck: "false",
  });
  const submit = async (event) => {
    event.preventDefault();
    error.textContent = "";
    try {
      may = await signIn(input.value.trim());
      draw();
    } catch (problem) {
      error.textContent = t(problem.status === 401 ? "admin.wrong" : "offline.text");
      input.select();
    }
  };
  frame(
    h(
      "form",
      { class: "login", onsubmit: submit },
      h("h1", {}, t("admin.sign-in")),
      h("p", { class: "quiet" }, t("admin.where")),
      h("label", {}, t("admin.token"), input),
      error,
      h("p", {}, h("button", { type: "submit", class: "strong" }, t("admin.enter"))),
      h("p", { class: "quiet" }, t("admin.kept")),
    ),
  );
  input.focus();
}

function editor() {
  const parts = [];
  const again = () => parts.forEach((part) => part.refresh?.());
  if (may.ingest) parts.push(uploadPart(again), sourcesPart(again));
  if (may.edit) {
    parts.push(entitiesPart(again));
    if (meta("features").split(" ").includes("conflicts")) parts.push(conflictsPart(again));
    parts.push(decisionsPart(again));
  }
  frame(
    h(
      "div",
      { class: "panel" },
      h("h1", {}, t("admin.title")),
      parts.map((part) => part.node),
    ),
  );
  again();
}

function draw() {
  if (signedIn()) editor();
  else login();
}

await loadTexts(`${meta("static")}/texts.json`);
chooseLanguage(new URLSearchParams(location.search).get("lang"));
draw();
