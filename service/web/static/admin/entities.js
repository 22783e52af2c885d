// Who is who, put right: other names, one person that is two, two that are one, what is nobody.

import { of } from "../api.js";
import { h, later } from "../dom.js";
import { kindOf, section } from "../parts.js";
import { t } from "../words.js";
import { call } from "./session.js";

const at = (entity, part) => `/v1/admin/entities/${encodeURIComponent(entity.id)}/${part}`;

// A field that finds entities while somebody types, and hands on the one that is chosen.
function finder(label, chosen) {
  const found = h("div", { class: "found" });
  const input = h("input", { type: "search", maxlength: 200, autocomplete: "off" });
  const ask = later(async () => {
    const q = input.value.trim();
    const page = q ? await call("GET", `/v1/entities?limit=6&q=${encodeURIComponent(q)}`) : { items: [] };
    found.replaceChildren(
      ...page.items.map((one) =>
        h(
          "button",
          {
            type: "button",
            onclick: () => {
              found.replaceChildren();
              input.value = "";
              chosen(one);
            },
          },
          h("span", {}, one.name),
          h(
            "span",
            { class: "quiet" },
            `${t(`kind.${one.kind}`)} · ${one.id} · ${t("count.articles", { n: one.articles })}`,
          ),
        ),
      ),
    );
  }, 150);
  input.addEventListener("input", ask);
  return h("div", { class: "field-row" }, h("label", {}, label, input), found);
}

export function entitiesPart(again) {
  const panel = h("div", {});
  const open = (entity) => drawn(entity, panel, again, open);
  return {
    node: section(t("edit.title"), h("p", { class: "quiet" }, t("edit.lead")), finder(t("edit.find"), open), panel),
  };
}

async function drawn({ id }, panel, again, open) {
  const entity = await call("GET", of("entities", id)).catch(() => null);
  if (!entity) return panel.replaceChildren();
  const error = h("p", { class: "error", role: "alert" });
  const act = async (method, path, body) => {
    error.textContent = "";
    try {
      const answer = await call(method, path, body);
      again();
      await open(answer?.names ? answer : entity);
    } catch (problem) {
      error.textContent = problem.message;
    }
  };
  const head = h(
    "h3",
    {},
    h("a", { href: `/entities/${encodeURIComponent(entity.id)}`, target: "_blank", rel: "noopener" }, entity.name),
    " ",
    kindOf(entity),
  );
  return panel.replaceChildren(
    head,
    error,
    names(entity, act),
    alias(entity, act),
    merge(entity, act),
    split(entity, act),
    reject(entity, act),
  );
}

const forms = (entity) =>
  [...new Set([entity.name, entity.names.hant, entity.names.hans, entity.names.en, ...entity.aliases])].filter(Boolean);

function names(entity, act) {
  const remove = (name) => () => act("DELETE", `${at(entity, "aliases")}?name=${encodeURIComponent(name)}`);
  return h(
    "div",
    { class: "names-edit" },
    forms(entity).map((name) =>
      h(
        "span",
        {},
        name,
        h(
          "button",
          {
            type: "button",
            title: t("edit.unalias"),
            "aria-label": `${t("edit.unalias")}${t("colon")}${name}`,
            onclick: remove(name),
          },
          "×",
        ),
      ),
    ),
  );
}

function alias(entity, act) {
  const input = h("input", { type: "text", maxlength: 200 });
  const add = () => {
    if (input.value.trim()) act("POST", at(entity, "aliases"), { name: input.value.trim() });
  };
  return h(
    "div",
    { class: "action field-row" },
    h("label", {}, t("edit.alias"), input),
    h("button", { type: "button", onclick: add }, t("edit.add")),
  );
}

function merge(entity, act) {
  const sure = (into) => {
    if (confirm(t("edit.merge.sure", { name: entity.name, into: into.name })))
      act("POST", at(entity, "merge"), { into: into.id });
  };
  return h("div", { class: "action" }, finder(t("edit.merge"), sure));
}

function split(entity, act) {
  const boxes = forms(entity).map((name) => h("label", {}, h("input", { type: "checkbox", value: name }), name));
  const chosen = () =>
    boxes
      .map((box) => box.firstChild)
      .filter((box) => box.checked)
      .map((box) => box.value);
  const apart = () => {
    if (chosen().length) act("POST", at(entity, "split"), { names: chosen() });
  };
  return h(
    "div",
    { class: "action" },
    h("p", {}, t("edit.split")),
    h("div", { class: "names-edit" }, boxes),
    h("button", { type: "button", onclick: apart }, t("edit.split.go")),
  );
}

function reject(entity, act) {
  const none = () => {
    if (confirm(t("edit.reject.sure", { name: entity.name }))) act("POST", at(entity, "reject"), {});
  };
  return h("div", { class: "action" }, h("button", { type: "button", onclick: none }, t("edit.reject")));
}
