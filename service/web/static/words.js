// What the interface says, and how numbers and dates are written, in the reader's language.

export const LANGUAGES = ["zh-TW", "zh-CN", "en"];
const KEPT_AS = "wenmai-language";
const ORIGINAL = "wenmai-original";

let texts = {};
let current = "zh-TW";
let chosen = null; // in this page, for readers whose storage is blocked
let original = false;

export async function loadTexts(url) {
  original = stored(ORIGINAL) === "1";
  texts = await (await fetch(url)).json();
}

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage may be blocked; the page works without
  }
}

function store(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    /* see above */
  }
}

// The address says it first, then what was chosen last, then the browser.
export function chooseLanguage(asked) {
  if (LANGUAGES.includes(asked)) chosen = asked;
  const wanted = [chosen, stored(KEPT_AS), ...navigator.languages.map(nearest)];
  current = wanted.find((one) => LANGUAGES.includes(one)) ?? "en";
  document.documentElement.lang = current;
}

function nearest(tag) {
  const folded = tag.toLowerCase();
  if (!folded.startsWith("zh")) return folded.startsWith("en") ? "en" : null;
  return /hant|tw|hk|mo/.test(folded) ? "zh-TW" : "zh-CN";
}

export function setLanguage(one) {
  chosen = one;
  store(KEPT_AS, one);
  chooseLanguage(one);
}

export function setOriginal(wanted) {
  store(ORIGINAL, wanted ? "1" : "0");
  original = wanted;
}

export const language = () => current;
export const showsOriginal = () => original;
// English readers get posts as they were written.
export const contentLanguage = () => (original || current === "en" ? "original" : current);

// What posts say is Chinese in the midst of an English page, or untouched, whatever the page's own variant is.
export const tongue = (text) => (contentLanguage() === "original" && /\p{Script=Han}/u.test(text) ? "zh" : null);

// The text of a key; {name} is replaced. A text of several forms is chosen by the number `n`.
export function t(key, values = {}) {
  let text = texts[key]?.[current];
  if (text && typeof text === "object") text = text[new Intl.PluralRules(current).select(values.n)] ?? text.other;
  if (text === undefined) {
    console.error(`no text: ${key}`);
    return key;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

export function number(value, options = {}) {
  return new Intl.NumberFormat(current, { maximumFractionDigits: 2, ...options }).format(value);
}

// A date as precise as the post gives it: 2026, 2026-03, 2026-03-12, or with a time.
export function date(text) {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text ?? "");
  if (!match) return text ?? "";
  const [, year, month, day] = match;
  const options = { year: "numeric", timeZone: "UTC" };
  if (month) options.month = current === "en" ? "short" : "long";
  if (day) options.day = "numeric";
  const moment = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  return new Intl.DateTimeFormat(current, options).format(moment);
}
