// What the marks of a picture mean, in rows as wide as it, then where it comes from.

import { dashesOf, SECTORS, SHAPES, STATUSES } from "../data/codes.js";
import { model } from "../data/content.js";
import { FILTERS, state } from "../data/state.js";
import { code, defined, say, valueName, word } from "../data/words.js";
import { colours } from "../drawing/colours.js";
import { shapePath } from "../drawing/geometry.js";
import { drawn } from "../elements.js";
import { byMeasure, marksOf, measureNamed } from "../view/measures.js";
import { inRows } from "./rows.js";
import { textAt } from "./texts.js";

const LINE = 17;

export function keyOf(width) {
  const entries = [
    ...seen("sector", SECTORS).map((sector) => ({
      text: valueName("sector", sector),
      icon: sectorIcon(sector),
      wide: 18,
    })),
    ...seen("status", STATUSES).map((status) => ({ text: code("status", status), icon: statusIcon(status), wide: 32 })),
    ...[
      [word("size"), measureNamed(state.size)],
      [word("colour"), measureNamed(state.colour)],
    ]
      .filter(([, measure]) => measure)
      .map(([part, measure]) => ({ text: scaleText(part, measure), icon: null, wide: 0 })),
  ];
  const { places, below } = inRows(entries, { width, line: LINE });
  const marks = entries.flatMap(({ text, icon, wide }, index) => {
    const { x, y } = places[index];
    return [...(icon ? [icon(x, y)] : []), textAt(x + wide, y, text, { fill: colours.soft })];
  });
  const origin = [say(model.licence), say(model.notice)].filter(Boolean).join(" ");
  return { marks: [...marks, textAt(16, below, origin, { fill: colours.soft, "font-size": 11 })], height: below + 4 };
}

const seen = (filter, order) =>
  order.filter((value) => FILTERS[filter].tallies.has(value) && !state.without[filter].has(value));

const sectorIcon = (sector) => (x, y) =>
  drawn("path", {
    d: shapePath(SHAPES[sector], x + 6, y - 4, 5),
    fill: byMeasure() ? "none" : colours.sectors[sector].fill,
    stroke: colours.sectors[sector].line,
  });

const statusIcon = (status) => (x, y) => {
  const line = drawn("path", {
    d: `M${x} ${y - 4}h26`,
    "stroke-width": 1.8,
    stroke: status === "blocked" ? colours.blocked : colours.flow,
    "stroke-opacity": status === "ended" ? 0.45 : 1,
  });
  if (dashesOf(status)) line.setAttribute("stroke-dasharray", dashesOf(status).join(" "));
  return line;
};

const scaleText = (part, measure) =>
  `${defined(part, say(measure.label))} (${marksOf(measure.name)
    .map(([text]) => text)
    .join(", ")})`;
