// The colours of the page, as its style has them by day or by night.

import { SECTORS } from "../data/codes.js";

export let colours = {};

export function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  colours = {
    ground: read("ground"),
    ink: read("ink"),
    soft: read("soft"),
    faint: read("faint"),
    flow: read("flow"),
    blocked: read("blocked"),
    region: read("region"),
    edge: read("region-edge"),
    broker: read("broker"),
    gap: read("gap"),
    onGap: read("on-gap"),
    accent: read("accent"),
    text: read("text-font"),
    ramp: [0, 1, 2, 3, 4].map((step) => read(`ramp-${step}`)),
    sectors: Object.fromEntries(
      SECTORS.map((sector) => [
        sector,
        { fill: read(`s-${sector || "none"}`), line: read(`s-${sector || "none"}-line`) },
      ]),
    ),
  };
}
