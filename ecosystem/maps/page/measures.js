// Size and colour by a measure, each with its scale.

const measureNamed = (name) => measures.find((measure) => measure.name === name) || null;
const largest = new Map(measures.map((measure) =>
  [measure.name, measure.values.reduce((most, value) => Math.max(most, Math.abs(value || 0)), 0)]));

// The value of an actor; null where it is not defined.
function valueOf(measure, n) {
  return measure === null ? null : measure.values[n];
}

// From 0 to 1, the largest value of the map at 1.
function shareOf(name, n) {
  const measure = measureNamed(name);
  const value = valueOf(measure, n);
  return value === null || !largest.get(name) ? 0 : Math.abs(value) / largest.get(name);
}

const ALIKE = 0.25; // the share of all actors where size says nothing
const sizeOf = (n) => (state.size ? shareOf(state.size, n) : ALIKE);

// ------------------------------------------------------------------ colour

const byMeasure = () => state.colour !== "sector";

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

// A colour of the ramp, from 0 to 1: light to dark on paper, dark to light at night.
function ramp(share) {
  const at = share * (colours.ramp.length - 1);
  const low = Math.min(Math.floor(at), colours.ramp.length - 2);
  const [a, b] = [channels(colours.ramp[low]), channels(colours.ramp[low + 1])];
  const mixed = a.map((value, index) => Math.round(value + (b[index] - value) * (at - low)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

// Fill and border of an actor.
function tintOf(actor) {
  if (!byMeasure()) {
    const tint = colours.sectors[sectorOf(actor)];
    return { fill: actor.outside ? colours.ground : tint.fill, line: tint.line };
  }
  const defined = valueOf(measureNamed(state.colour), actor.n) !== null;
  return { fill: defined ? ramp(shareOf(state.colour, actor.n)) : colours.ground, line: colours.ink };
}

// ------------------------------------------------------------------ what is chosen, and the scales

// A list to choose from: [[value, words], …].
function chooser(id, label, options, chosen, act) {
  return element("label", { class: "chooser" }, element("span", { class: "legend-title" }, label),
    element("select", { id, onchange: (event) => act(event.currentTarget.value) },
      options.map(([value, text]) => element("option", { value, selected: value === chosen }, text))));
}

function chooseMeasure(part, value) {
  state[part] = value;
  placeNodes();
  restyle();
  renderLegend();
  byId(part === "size" ? "size-by" : "colour-by").focus();
  remember();
}

function scales(...more) {
  const known = measures.map((measure) => [measure.name, capital(say(measure.label))]);
  const first = (text) => [["", text]];
  return element("div", { class: "scales" },
    element("div", { class: "scale" },
      chooser("size-by", word("size"), [...known, ...first(word("all_alike"))], state.size,
        (value) => chooseMeasure("size", value))),
    element("div", { class: "scale" },
      chooser("colour-by", word("colour"), [["sector", word("by_sector")], ...known], state.colour,
        (value) => chooseMeasure("colour", value)),
      byMeasure() ? colourScale() : ""), ...more);
}

// Values of a measure that occur: the least, one in the middle, the most.
function marksOf(name) {
  const measure = measureNamed(name);
  const valued = actors.filter((actor) => valueOf(measure, actor.n) !== null)
    .map((actor) => ({ share: shareOf(name, actor.n), value: valueOf(measure, actor.n) }))
    .sort((a, b) => a.share - b.share);
  if (!valued.length) return [];
  const most = valued.at(-1);
  const middle = valued.reduce((best, each) =>
    (Math.abs(each.share - most.share / 2) < Math.abs(best.share - most.share / 2) ? each : best));
  return [...new Map([valued[0], middle, most].map((each) => [number(each.value), each]))];
}

function sizeScale() {
  const marks = marksOf(state.size);
  if (!marks.length) return "";
  const reach = ({ share }) => radiusOf(share) * (place.grow || 1);
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
      drawn("path", { d: `M${x} ${top}L${2 * x + 13} ${y}`, class: "size-lead" }), value,
    ];
  });
  return drawn("svg", { class: "size-scale", width, height: side, viewBox: `0 0 ${width} ${side}`, role: "img",
    "aria-label": scaleWords(state.size, marks) }, ...drawnMarks);
}

function colourScale() {
  const marks = marksOf(state.colour);
  if (!marks.length) return "";
  const width = 150;
  const stops = Array.from({ length: 15 }, (_, index) =>
    drawn("rect", { x: 4 + index * 9, y: 2, width: 9.5, height: 10, fill: ramp(index / 14) }));
  const values = marks.map(([text, { share }]) => {
    const value = drawn("text", { x: 4 + share * 135, y: 24, class: "size-value",
      "text-anchor": share < 0.1 ? "start" : share > 0.9 ? "end" : "middle" });
    value.textContent = text;
    return value;
  });
  return drawn("svg", { class: "colour-scale", width, height: 28, viewBox: `0 0 ${width} 28`, role: "img",
    "aria-label": scaleWords(state.colour, marks) }, ...stops, ...values);
}

const scaleWords = (name, marks) => defined(say(measureNamed(name).label), marks.map(([text]) => text).join(", "));
