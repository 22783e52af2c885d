// The words of a search in what was found, in whichever script and region's word they stand there.

import { h } from "./dom.js";

// Places of one sentence are one: the service cuts it at all of its hits, every other part is one.
export const places = (highlights) => [...new Map(highlights.map((one) => [`${one.line} ${one.text}`, one])).values()];

export function marked({ text, parts }) {
  if (parts.join("") === text) return parts.map((part, n) => (n % 2 ? h("mark", {}, part) : part));
  const drawn = []; // in the reader's variant, a sentence may read otherwise than its parts alone
  let from = 0;
  for (const word of parts.filter((_, n) => n % 2)) {
    const at = word ? text.indexOf(word, from) : -1;
    if (at < 0) continue;
    drawn.push(text.slice(from, at), h("mark", {}, word));
    from = at + word.length;
  }
  return [...drawn, text.slice(from)];
}
