// Sites and vaults: how each is read, where it is published, how much there is of it.

import { h } from "../dom.js";
import { section } from "../parts.js";
import { t } from "../words.js";
import { call } from "./session.js";

const KINDS = ["auto", "hugo", "jekyll", "obsidian", "markdown"];
const EDITED = ["kind", "base_url", "language"];

export function sourcesPart(again) {
  const list = h("ul", { class: "rows" });
  const known = h("datalist", { id: "known-sources" });
  const error = h("p", { class: "error", role: "alert" });
  const refresh = async () => {
    const page = await call("GET", "/v1/admin/sources");
    known.replaceChildren(...page.items.map((one) => h("option", { value: one.name })));
    list.replaceChildren(...page.items.map((one) => row(one, again, error)));
    if (!page.items.length) list.replaceChildren(h("li", { class: "quiet" }, t("nothing")));
  };
  return { node: section(t("sources.title"), error, list, known), refresh };
}

function row(one, again, error) {
  const doing = (action) => async () => {
    error.textContent = "";
    await action().catch((problem) => {
      error.textContent = problem.message;
    });
    again();
  };
  const remove = doing(async () => {
    if (confirm(t("sources.sure", { name: one.name, n: one.articles })))
      await call("DELETE", `/v1/admin/sources/${encodeURIComponent(one.name)}`);
  });
  const facts = [t(`sources.${one.kind}`), one.base_url, one.language, t("count.articles", { n: one.articles })]
    .filter(Boolean)
    .join(" · ");
  const form = declaration(one, doing);
  return h(
    "li",
    {},
    h("span", { class: "grow" }, h("strong", {}, one.name), h("br"), h("span", { class: "quiet" }, facts)),
    h("details", {}, h("summary", {}, t("sources.change")), form),
    h("button", { type: "button", onclick: remove }, t("sources.remove")),
  );
}

// What is declared replaces what was: fields that the site's own files told stay theirs, unless they are changed here.
function declaration(one, doing) {
  const kind = h(
    "select",
    { name: "kind" },
    KINDS.map((name) => h("option", { value: name, selected: name === one.kind }, t(`sources.${name}`))),
  );
  const base = h("input", { type: "text", name: "base_url", value: one.base_url ?? "", inputmode: "url" });
  const lang = h("input", { type: "text", name: "language", value: one.language ?? "", size: 8 });
  const save = doing(() => {
    const { name, told, articles, ...declared } = one;
    const changed = { kind: kind.value, base_url: base.value.trim() || null, language: lang.value.trim() || null };
    for (const field of told) if (!EDITED.includes(field) || changed[field] === one[field]) delete declared[field];
    for (const field of EDITED)
      if (!told.includes(field) || changed[field] !== one[field]) declared[field] = changed[field];
    return call("PUT", `/v1/admin/sources/${encodeURIComponent(name)}`, declared);
  });
  return h(
    "div",
    { class: "field-row" },
    h("label", {}, t("sources.kind"), kind),
    h("label", {}, t("sources.base"), base),
    h("label", {}, t("sources.language"), lang),
    h("button", { type: "button", class: "strong", onclick: save }, t("sources.save")),
  );
}
