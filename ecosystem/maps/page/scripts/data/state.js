// The state of the view: all that a reader has chosen, and nothing that can be computed from it.

import { sectorOf } from "./codes.js";
import { canGroup } from "./communities.js";
import { actors, datasets, flows, model } from "./content.js";
import { filtersFor, filtersOf } from "./filters.js";

export const FILTERS = filtersOf({ actors, datasets, flows }, sectorOf);
export const [OF_ACTORS, OF_FLOWS] = ["actors", "flows"].map((of) => filtersFor(FILTERS, of));

// How the page opens; an address says only what differs.
export const OPENING = {
  language: model.language,
  size: model.measure.name, // a measure, or "" for all alike
  colour: model.colour, // a measure, or "sector"
  show: {
    brokers: true,
    talks: true,
    datasets: false,
    publicFlows: true,
    wanted: false,
    maturity: false,
    groups: canGroup,
  },
};

export const state = {
  ...OPENING,
  show: { ...OPENING.show },
  selected: null, // {kind: "actor" | "dataset" | "edge" | "finding" | "conversation" | "community", key}
  hovered: null, // a node id of the canvas
  // Of each filter, the values that are hidden.
  without: Object.fromEntries(Object.keys(FILTERS).map((name) => [name, new Set()])),
  opened: new Set(), // communities whose members are shown
  steps: 0, // show only what is so many steps away from the selection; 0: everything
  reading: "map", // "map", "table" or "compare"
  at: null, // where one has moved to: {x, y, scale} of the layout
};
