// Words in the language of the reader.

import { communities, leading } from "./communities.js";
import { actors, datasets, isIsolate, model } from "./content.js";
import { isDatasetId, isGroupId, numberOf } from "./ids.js";
import { state } from "./state.js";

export function say(words) {
  if (words === null || words === undefined) return "";
  return typeof words === "object" ? words[state.language] || words.fr || words.en || "" : String(words);
}

export function word(key, values = {}) {
  return say(model.words[key]).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

export function code(kind, value) {
  if (value === null || value === undefined || value === "") return "";
  const known = model.codes[kind] || {};
  return Object.hasOwn(known, value) ? say(known[value]) : String(value);
}

export function territoryName(id) {
  return Object.hasOwn(model.territories, id) ? model.territories[id] : id || "";
}

export function number(value) {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return value.toLocaleString(state.language, { maximumFractionDigits: digits });
}

// A term and what it is, with the space that French sets before its colon.
export const defined = (term, text) => `${term}${state.language === "fr" ? "\u00a0" : ""}: ${text}`;

export const capital = (text) => text.charAt(0).toLocaleUpperCase(state.language) + text.slice(1);

// The name of a community: that of its most important actor, and how many are in it.
export function communityName(index) {
  const members = communities[index];
  if (members.every(isIsolate)) return word("isolates", { count: members.length });
  return word("community_of", { name: actors[leading[index]].name, count: members.length });
}

// The name of what stands on the map.
export function nodeName(id) {
  if (isDatasetId(id)) return datasets[numberOf(id)].title;
  return isGroupId(id) ? communityName(numberOf(id)) : actors[id].name;
}

// The name of a value of a filter.
export function valueName(filter, value) {
  if (filter === "territory" && value) return territoryName(value);
  if (filter === "barrier" && !value) return word("no_barrier");
  return value ? code(filter, value) : word("not_stated");
}
