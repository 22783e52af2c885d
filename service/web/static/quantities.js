// Values in base units, as people write them: 2,000,000,000 W is 2 GW; money and counts as the language has them.

import { number, t } from "./words.js";

const STEPS = {
  W: [
    [1e12, "TW"],
    [1e9, "GW"],
    [1e6, "MW"],
    [1e3, "kW"],
    [1, "W"],
  ],
  Wh: [
    [1e12, "TWh"],
    [1e9, "GWh"],
    [1e6, "MWh"],
    [1e3, "kWh"],
    [1, "Wh"],
  ],
  J: [
    [1e9, "GJ"],
    [1e6, "MJ"],
    [1e3, "kJ"],
    [1, "J"],
  ],
  m: [
    [1e3, "km"],
    [1, "m"],
    [1e-2, "cm"],
    [1e-3, "mm"],
    [1e-6, "µm"],
    [1e-9, "nm"],
  ],
  kg: [
    [1e3, "t"],
    [1, "kg"],
    [1e-3, "g"],
  ],
  B: [
    [1e12, "TB"],
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "kB"],
    [1, "B"],
  ],
  Hz: [
    [1e9, "GHz"],
    [1e6, "MHz"],
    [1e3, "kHz"],
    [1, "Hz"],
  ],
  V: [
    [1e3, "kV"],
    [1, "V"],
  ],
};
const SPELLED = { s: "second", min: "minute", h: "hour", day: "day", week: "week", month: "month", year: "year" };
const MONEY = /^[A-Z]{3}$/;

function scaled(value, steps) {
  const [size, name] = steps.find(([least]) => Math.abs(value) >= least) ?? steps[steps.length - 1];
  return `${number(value / size)} ${name}`;
}

export function amount(value, unit, per) {
  const text = plain(value, unit);
  return per ? t("figure.per", { amount: text, per: perName(per) }) : text;
}

function perName(per) {
  return SPELLED[per] ? t(`per.${SPELLED[per]}`) : per;
}

function plain(value, unit) {
  if (unit === "%") return `${number(value)}%`;
  if (unit === "x") return t("figure.times", { amount: number(value) });
  if (unit === "count") return number(value, { notation: "compact" });
  if (STEPS[unit]) return scaled(value, STEPS[unit]);
  if (SPELLED[unit]) return number(value, { style: "unit", unit: SPELLED[unit], unitDisplay: "long" });
  if (MONEY.test(unit)) return money(value, unit);
  return `${number(value, { notation: "compact" })} ${unit}`;
}

function money(value, currency) {
  try {
    return number(value, { style: "currency", currency, notation: "compact", minimumFractionDigits: 0 });
  } catch {
    return `${number(value)} ${currency}`; // no currency of ISO 4217
  }
}

export function range(figure) {
  const [low, high] = [figure.low, figure.high].map((value) => amount(value, figure.unit, figure.per));
  const text = figure.low === figure.high ? low : `${low} – ${high}`;
  return ["about", "over", "under"].includes(figure.approx) ? t(`approx.${figure.approx}`, { amount: text }) : text;
}
