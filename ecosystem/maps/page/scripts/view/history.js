// The view in the address of the page.

import { canGroup, communities, mustGroup } from "../data/communities.js";
import { actors, conversations, datasets, findings, measures, model } from "../data/content.js";
import { FILTERS, OPENING, state } from "../data/state.js";
import { read, written } from "./address.js";

const things = {
  actor: actors,
  dataset: datasets,
  finding: findings,
  conversation: conversations,
  community: Array.from(communities, (_, index) => ({ id: String(index) })),
};
const page = {
  opening: OPENING,
  things,
  canGroup,
  mustGroup,
  measures: measures.map(({ name }) => name),
  values: Object.fromEntries(Object.entries(FILTERS).map(([name, { tallies }]) => [name, [...tallies.keys()]])),
  compares: model.compared.length > 1,
};

export function remember() {
  const text = written(state, page);
  try {
    window.history.replaceState(null, "", text ? `#${text}` : window.location.href.split("#")[0]);
  } catch {
    // A page shown inside another (a notebook) has no address of its own.
  }
}

export function recall() {
  Object.assign(state, read(window.location.hash.slice(1), page));
}

// A selection with the id that an address would give it.
export const named = ({ kind, key }) => ({ kind, id: kind in things ? things[kind][key].id : key });
