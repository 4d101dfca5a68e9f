// The data of the page, the state of the view, and the small functions all other parts use.
// Nothing here or elsewhere turns text into markup: strings become text nodes.

const model = JSON.parse(document.getElementById("model").textContent);

// Lists of rows travel with their keys said once.
const unpacked = ({ keys, rows }) =>
  rows.map((row) => Object.fromEntries(keys.map((key, index) => [key, row[index]])));

const [actors, datasets, flows, needs] = ["actors", "datasets", "flows", "needs"]
  .map((name) => unpacked(model[name]));
const findings = unpacked(model.findings);
// An actor bears the mark of a gap where one weighs: nearly everyone has a gap of low severity.
const weighs = (actor) => actor.gaps.some((index) => findings[index].severity !== "low");
const { measures, maturity } = model;
// Phrases travel once, with a mark for each name: see packing.py.
const phrase = (number, names) => {
  if (number === null) return null;
  const named = (text) => text.replace(/[\ue000-\ue7ff]/g, (mark) => {
    const at = mark.charCodeAt(0) - 0xe000;
    return names(at < 0x400 ? "actors" : "datasets", at % 0x400) ?? mark;
  });
  const { fr, en, plain } = model.phrases[number];
  return plain ? { fr, en } : { fr: named(fr), en: named(en) };
};
actors.forEach((actor) => {
  actor.role = phrase(actor.role, () => null);
  if (actor.broker) actor.broker.text = phrase(actor.broker.text, () => null);
});
findings.forEach((finding) => {
  const names = (kindOf, at) => {
    const n = finding[kindOf][at];
    if (n === undefined) return null;
    return kindOf === "actors" ? actors[n].name : datasets[n].title;
  };
  finding.sentence = phrase(finding.sentence, names);
  finding.next_step = phrase(finding.next_step, names);
});
const drawing = {
  nodes: unpacked(model.drawing.nodes), edges: unpacked(model.drawing.edges), block: model.drawing.block,
};

const state = {
  language: model.language,
  selected: null, // {kind: "actor" | "dataset" | "edge" | "finding" | "community", key}
  hovered: null, // a node id of the canvas
  without: {}, // of each filter, the values that are hidden; see FILTERS
  show: { brokers: true, gaps: true, datasets: false, publicFlows: true, wanted: false, maturity: false, groups: false },
  opened: new Set(), // communities whose members are shown
  steps: 0, // show only what is so many steps away from the selection; 0: everything
  size: model.measure.name, // a measure, or "" for all alike
  colour: model.colour, // a measure, or "sector"
  reading: "map", // "map", "table" or "compare"
  at: null, // where one has moved to: {x, y, scale} of the layout
};

// Colour AND shape say the sector (Paul Tol's "bright" scheme; its red is kept for what blocks).
const SECTORS = ["public", "private", "mixed", "civil_society", "research", ""];
const SHAPES = {
  public: "dot", private: "square", mixed: "diamond",
  civil_society: "triangle", research: "star", "": "hexagon",
};
const STATUSES = ["active", "planned", "wished", "blocked", "ended"];
const DASHES = {
  active: false, planned: [9, 5], wished: [2, 4], blocked: [10, 4, 2, 4], ended: false,
};

const dashesOf = (status) => (Object.hasOwn(DASHES, status) ? DASHES[status] : false);
const sectorOf = (actor) => (Object.hasOwn(SHAPES, actor.sector) ? actor.sector : "");
const datasetId = (index) => `d${index}`;
const groupId = (index) => `c${index}`;
const isDatasetId = (id) => typeof id === "string" && id[0] === "d";
const isGroupId = (id) => typeof id === "string" && id[0] === "c";
const isActorId = (id) => typeof id === "number";
const groupOf = (id) => Number(id.slice(1));
const datasetOf = (id) => datasets[Number(String(id).slice(1))];
const edgeById = new Map(drawing.edges.map((edge) => [edge.id, edge]));
const flowIndex = new Map(flows.map((flow, index) => [flow.id, index]));

const flowsOut = actors.map(() => []);
const flowsIn = actors.map(() => []);
const flowsOfDataset = datasets.map(() => []);
flows.forEach((flow, index) => {
  flowsOut[flow.provider].push(index);
  flowsIn[flow.recipient].push(index);
  if (flow.dataset !== null) flowsOfDataset[flow.dataset].push(index);
});
const held = actors.map(() => []);
datasets.forEach((dataset) => {
  if (dataset.holder !== null) held[dataset.holder].push(dataset.n);
});
const parts = actors.map(() => []);
actors.forEach((actor) => {
  if (actor.parent !== null && actor.parent !== undefined) parts[actor.parent].push(actor.n);
});
const isIsolate = (n) => !flowsOut[n].length && !flowsIn[n].length;

// ------------------------------------------------------------------ words

function say(words) {
  if (words === null || words === undefined) return "";
  return typeof words === "object" ? words[state.language] || words.fr || words.en || "" : String(words);
}

function word(key, values = {}) {
  return say(model.words[key]).replace(/\{(\w+)\}/g, (whole, name) =>
    name in values ? String(values[name]) : whole);
}

function code(kind, value) {
  if (value === null || value === undefined || value === "") return "";
  const known = model.codes[kind] || {};
  return Object.hasOwn(known, value) ? say(known[value]) : String(value);
}

function territoryName(id) {
  return Object.hasOwn(model.territories, id) ? model.territories[id] : id || "";
}

function number(value) {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return value.toLocaleString(state.language, { maximumFractionDigits: digits });
}

// A month says enough of how far the sources go, and fits the same sentence as a year.
function month(text) {
  const found = /^(\d{4})-(\d{2})/.exec(text || "");
  if (!found) return text || "";
  const date = new Date(Date.UTC(+found[1], +found[2] - 1, 1));
  const parts = { month: "long", year: "numeric", timeZone: "UTC" };
  return date.toLocaleDateString(state.language === "fr" ? "fr-FR" : "en-GB", parts);
}

// A term and what it is, with the space that French sets before its colon.
const defined = (term, text) => `${term}${state.language === "fr" ? "\u00a0" : ""}: ${text}`;

const capital = (text) => text.charAt(0).toLocaleUpperCase(state.language) + text.slice(1);

const folded = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[œŒ]/g, "oe").replace(/[’']/g, " ")
    .toLowerCase();

// ------------------------------------------------------------------ elements

const byId = (id) => document.getElementById(id);

// element("p", {class: "note", onclick: f}, "text", child, …)
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined
    && child !== false && child !== ""));
  return made;
}

function drawn(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

// Only addresses of the web become links; any other text stays text.
function link(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    url = null;
  }
  if (!url || !["http:", "https:"].includes(url.protocol)) return text || "";
  return element("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text || url.host);
}

const narrow = () => window.matchMedia("(max-width: 760px)").matches;
const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
