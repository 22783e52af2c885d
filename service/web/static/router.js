// Addresses without hashes: a view is a path, what is chosen in it is its query; back and forward work as everywhere.

const routes = [];
let show = () => {};

export function route(pattern, load) {
  const names = [];
  const source = pattern.replace(/:(\w+)/g, (_, name) => {
    names.push(name);
    return "([^/]+)";
  });
  routes.push({ pattern: new RegExp(`^${source}/?$`), names, load });
}

export function found(path) {
  for (const { pattern, names, load } of routes) {
    const match = pattern.exec(path);
    if (match) return { load, params: Object.fromEntries(names.map((name, n) => [name, decoded(match[n + 1])])) };
  }
  return null;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray percent sign is one
  }
}

export function start(showing) {
  show = showing;
  history.scrollRestoration = "manual";
  addEventListener("popstate", (event) => show({ scroll: event.state?.scroll ?? 0 }));
  document.addEventListener("click", follow);
  show({ scroll: null });
}

// What a list had shown beyond its first page when this step of the history was left: back leads to all of it.
const seen = new Map();

export function seenHere(list) {
  if (!history.state?.step) history.replaceState({ ...history.state, step: String(Math.random()) }, "");
  const name = `${history.state.step} ${list}`;
  if (!seen.has(name)) seen.set(name, []);
  return seen.get(name);
}

function keepScroll() {
  history.replaceState({ ...history.state, scroll: scrollY }, "");
}

export function go(url) {
  keepScroll();
  history.pushState({}, "", url);
  show({ scroll: null });
}

// Change what is chosen in a view, without a step in the history.
export function refine(changes) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  history.replaceState(history.state, "", url);
}

function follow(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = event.target.closest("a[href]");
  if (!link || link.hasAttribute("target") || link.hasAttribute("download")) return;
  const url = new URL(link.getAttribute("href"), location.href); // of a link in a drawing, `href` is no text
  if (url.origin !== location.origin || url.hash || !found(url.pathname)) return;
  event.preventDefault();
  go(url);
}
