// The view as text, so that it can be sent as a link to the same file, and back.
//
// Both ways need to know the page: how it opens, the things that can be selected ({kind: [{id}, …]}),
// the values of each filter, the names of its measures, and which views and groupings it has.

import { STATUSES } from "../data/codes.js";

const NOT_STATED = "_"; // an empty cell
const VIEWS = ["map", "table", "compare"];

// A value as one of several between commas, and back.
const escaped = (value) =>
  value === NOT_STATED ? "%5F" : value.replaceAll("%", "%25").replaceAll(",", "%2C") || NOT_STATED;
const unescaped = (text) =>
  text === NOT_STATED ? "" : text.replace(/%(2C|5F|25)/g, (_, code) => ({ "2C": ",", "5F": "_", 25: "%" })[code]);

const keyOf = (filter) => (filter === "sector" ? "without" : `without-${filter}`);

export function written(state, { opening, things }) {
  const said = new URLSearchParams();
  if (state.language !== opening.language) said.set("lang", state.language);
  const { selected } = state;
  if (selected && selected.kind in things) said.set(selected.kind, things[selected.kind][selected.key].id);
  if (state.steps) said.set("steps", state.steps);
  for (const [name, hidden] of Object.entries(state.without)) {
    if (!hidden.size) continue;
    // Of statuses, those that are shown.
    if (name === "status") said.set("status", STATUSES.filter((status) => !hidden.has(status)).join(","));
    else said.set(keyOf(name), [...hidden].map(escaped).join(","));
  }
  for (const [name, usual] of Object.entries(opening.show)) {
    if (state.show[name] !== usual) said.set(name, Number(state.show[name]));
  }
  if (state.opened.size) said.set("open", [...state.opened].join(","));
  if (state.size !== opening.size) said.set("size", state.size || NOT_STATED);
  if (state.colour !== opening.colour) said.set("colour", state.colour);
  if (state.reading !== "map") said.set("view", state.reading);
  if (state.at) said.set("at", [state.at.x, state.at.y, state.at.scale].join(","));
  return said.toString();
}

// The part of the state that an address says; what it does not say, or what the page does not have, is as
// the page opens.
export function read(text, page) {
  const said = new URLSearchParams(text);
  const { opening, things, values, measures, compares, canGroup, mustGroup } = page;
  const all = (name) => (said.get(name) || "").split(",");
  const among = (name, known, usual) => (known.includes(said.get(name)) ? said.get(name) : usual);
  const show = Object.fromEntries(
    Object.entries(opening.show).map(([name, usual]) => [name, said.has(name) ? said.get(name) === "1" : usual]),
  );
  const selected = selectedIn(said, things);
  const steps = Number(said.get("steps"));
  const at = all("at").map(Number);
  return {
    language: among("lang", ["fr", "en"], opening.language),
    without: Object.fromEntries(Object.entries(values).map(([name, known]) => [name, hiddenIn(said, name, known)])),
    show: { ...show, groups: mustGroup || (canGroup && show.groups) },
    opened: new Set(
      all("open")
        .filter(Boolean)
        .map(Number)
        .filter((index) => things.community[index]),
    ),
    size: among("size", measures, said.get("size") === NOT_STATED ? "" : opening.size),
    colour: among("colour", ["sector", ...measures], opening.colour),
    reading: among(
      "view",
      VIEWS.filter((name) => name !== "compare" || compares),
      "map",
    ),
    at: at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? { x: at[0], y: at[1], scale: at[2] } : null,
    selected,
    steps: selected && [1, 2, 3].includes(steps) ? steps : 0,
  };
}

function hiddenIn(said, filter, known) {
  const named = (key) => new Set(said.get(key).split(",").map(unescaped));
  if (filter === "status" && said.has("status")) {
    const shown = said.get("status").split(",");
    return new Set(known.filter((value) => !shown.includes(value)));
  }
  const key = keyOf(filter);
  return new Set(said.has(key) ? known.filter((value) => named(key).has(value)) : []);
}

function selectedIn(said, things) {
  let selected = null;
  for (const [kind, list] of Object.entries(things)) {
    const key = said.has(kind) ? list.findIndex(({ id }) => id === said.get(kind)) : -1;
    if (key >= 0) selected = { kind, key };
  }
  return selected;
}
