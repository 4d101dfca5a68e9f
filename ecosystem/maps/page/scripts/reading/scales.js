// The scales of size and colour, each with the choice of its measure.

import { measures } from "../data/content.js";
import { state } from "../data/state.js";
import { capital, defined, say, word } from "../data/words.js";
import { colours } from "../drawing/colours.js";
import { radiusOf, sheet } from "../drawing/places.js";
import { drawn, element } from "../elements.js";
import { byMeasure, marksOf, measureNamed } from "../view/measures.js";
import { ramp } from "../view/scaling.js";

// A list to choose from: [[value, words], …].
function chooser(id, label, options, chosen, act) {
  return element(
    "label",
    { class: "chooser" },
    element("span", { class: "legend-title" }, label),
    element(
      "select",
      { id, onchange: (event) => act(event.currentTarget.value) },
      options.map(([value, text]) => element("option", { value, selected: value === chosen }, text)),
    ),
  );
}

// `choose` is called with a part, "size" or "colour", and the measure it is to say.
export function scales(choose, ...more) {
  const known = measures.map((measure) => [measure.name, capital(say(measure.label))]);
  return element(
    "div",
    { class: "scales" },
    element(
      "div",
      { class: "scale" },
      chooser("size-by", word("size"), [...known, ["", word("all_alike")]], state.size, (value) =>
        choose("size", value),
      ),
    ),
    element(
      "div",
      { class: "scale" },
      chooser("colour-by", word("colour"), [["sector", word("by_sector")], ...known], state.colour, (value) =>
        choose("colour", value),
      ),
      byMeasure() ? colourScale() : "",
    ),
    ...more,
  );
}

export function sizeScale() {
  const marks = marksOf(state.size);
  if (!marks.length) return "";
  const reach = ({ share }) => radiusOf(share) * sheet.grow;
  const most = reach(marks.at(-1)[1]);
  const side = Math.max(2 * most, 12 * marks.length) + 4;
  const width = 2 * most + 30 + 7 * Math.max(...marks.map(([text]) => text.length));
  let y = side;
  const drawnMarks = marks.flatMap(([text, each], index) => {
    const radius = reach(each);
    const x = most + 2;
    const top = side - 2 - 2 * radius;
    y = Math.max(Math.min(top, y - 12), 6 + 12 * (marks.length - 1 - index));
    const value = drawn("text", { x: 2 * x + 16, y: y + 4, class: "size-value" });
    value.textContent = text;
    return [
      drawn("circle", { cx: x, cy: side - 2 - radius, r: radius, class: "size-ring" }),
      drawn("path", { d: `M${x} ${top}L${2 * x + 13} ${y}`, class: "size-lead" }),
      value,
    ];
  });
  return drawn(
    "svg",
    {
      class: "size-scale",
      width,
      height: side,
      viewBox: `0 0 ${width} ${side}`,
      role: "img",
      "aria-label": scaleWords(state.size, marks),
    },
    ...drawnMarks,
  );
}

function colourScale() {
  const marks = marksOf(state.colour);
  if (!marks.length) return "";
  const width = 150;
  const stops = Array.from({ length: 15 }, (_, index) =>
    drawn("rect", { x: 4 + index * 9, y: 2, width: 9.5, height: 10, fill: ramp(colours.ramp, index / 14) }),
  );
  const values = marks.map(([text, { share }]) => {
    const value = drawn("text", {
      x: 4 + share * 135,
      y: 24,
      class: "size-value",
      "text-anchor": share < 0.1 ? "start" : share > 0.9 ? "end" : "middle",
    });
    value.textContent = text;
    return value;
  });
  return drawn(
    "svg",
    {
      class: "colour-scale",
      width,
      height: 28,
      viewBox: `0 0 ${width} 28`,
      role: "img",
      "aria-label": scaleWords(state.colour, marks),
    },
    ...stops,
    ...values,
  );
}

const scaleWords = (name, marks) => defined(say(measureNamed(name).label), marks.map(([text]) => text).join(", "));
