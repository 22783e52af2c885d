// The search field with completion: names of people and companies while somebody types, in either script.

import { get } from "./api.js";
import { h, later } from "./dom.js";
import { go } from "./router.js";
import { t } from "./words.js";

let boxes = 0;

// A combobox as the ARIA Authoring Practices describe it: the list opens below, arrows choose, Escape closes.
export function searchBox({ compact = false, value = "" } = {}) {
  const id = `completion-${++boxes}`;
  const list = h("ul", { id, class: "completion", role: "listbox", "aria-label": t("search.names"), hidden: true });
  const input = h("input", {
    type: "search",
    name: "q",
    value,
    autocomplete: "off",
    role: "combobox",
    placeholder: t(compact ? "search.short" : "search.placeholder"),
    "aria-label": t("search"),
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
    enterkeyhint: "search",
    maxlength: 200,
  });
  const box = new Completion(input, list);
  const submit = (event) => {
    event.preventDefault();
    box.close();
    const wanted = input.value.trim();
    if (wanted) go(`/search?q=${encodeURIComponent(wanted)}`);
  };
  const button = compact ? null : h("button", { type: "submit", class: "strong" }, t("search"));
  return h(
    "form",
    { class: compact ? "searchbox compact" : "searchbox", role: "search", action: "/search", onsubmit: submit },
    h("div", { class: "field" }, input, list),
    button,
  );
}

class Completion {
  constructor(input, list) {
    Object.assign(this, { input, list, chosen: -1, asked: 0, composing: false });
    const ask = later(() => this.ask(), 120);
    input.addEventListener("compositionstart", () => {
      this.composing = true;
    });
    input.addEventListener("compositionend", () => {
      this.composing = false;
      ask();
    });
    input.addEventListener("input", () => {
      if (!this.composing) ask();
    });
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  async ask() {
    const mine = ++this.asked;
    const q = this.input.value.trim();
    if (!q) return this.close();
    const found = await get("/v1/entities", { q, match: "prefix", limit: 7 }).catch(() => ({ items: [] }));
    if (mine !== this.asked || document.activeElement !== this.input) return undefined;
    return this.open(found.items);
  }

  open(items) {
    this.chosen = -1;
    this.list.replaceChildren(...items.map((entity, n) => this.option(entity, n)));
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  option(entity, n) {
    const open = (event) => {
      event.preventDefault();
      this.close();
      go(`/entities/${encodeURIComponent(entity.id)}`);
    };
    const note = `${t(`kind.${entity.kind}`)} · ${t("count.articles", { n: entity.articles })}`;
    return h(
      "li",
      { role: "option", id: `${this.list.id}-${n}`, "aria-selected": "false", onmousedown: open },
      h("span", {}, entity.name),
      h("span", { class: "quiet" }, note),
    );
  }

  key(event) {
    if (this.composing || this.list.hidden) return;
    const options = [...this.list.children];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.chosen = (this.chosen + step + options.length + (this.chosen < 0 && step < 0 ? 1 : 0)) % options.length;
      options.forEach((option, n) => option.setAttribute("aria-selected", String(n === this.chosen)));
      this.input.setAttribute("aria-activedescendant", options[this.chosen].id);
    } else if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      options[this.chosen].dispatchEvent(new MouseEvent("mousedown", { cancelable: true, bubbles: true }));
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  close() {
    this.asked += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
