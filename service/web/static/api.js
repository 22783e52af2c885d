// The REST answers, in the reader's variant; asked for once, then kept while the page is open.

import { contentLanguage } from "./words.js";

const MOST_KEPT = 300;
const kept = new Map();

export class Problem extends Error {
  constructor(status, detail, errors = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

// Ask for an answer's JSON. `lang` is added unless given.
export function get(path, parameters = {}) {
  const url = address(path, { lang: contentLanguage(), ...parameters });
  if (!kept.has(url)) {
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value);
    const asked = answered(fetch(url));
    kept.set(url, asked);
    asked.catch(() => kept.delete(url));
  }
  return kept.get(url);
}

export async function answered(response) {
  const answer = await response.catch(() => {
    throw new Problem(0, "");
  });
  const body = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw new Problem(answer.status, body?.detail ?? answer.statusText, body?.errors);
  return body;
}

// All items of a list, page after page, up to `most`.
export async function all(path, parameters = {}, most = 500) {
  const items = [];
  let cursor;
  do {
    const page = await get(path, { limit: 100, ...parameters, cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < most);
  return items;
}

export const of = (kind, id, part) => `/v1/${kind}/${encodeURIComponent(id)}${part ? `/${part}` : ""}`;
