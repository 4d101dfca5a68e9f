// What the selection is about: everything else is dimmed.

import { WANTED } from "../data/codes.js";
import { communities } from "../data/communities.js";
import { flowIndex, flows, flowsIn, flowsOut } from "../data/content.js";
import { datasetId, groupId } from "../data/ids.js";
import { state } from "../data/state.js";
import { edgesShown, flowsShown, nodesShown, told } from "./view.js";

export let focus = null; // {nodes, edges}, sets of ids; null: nothing is dimmed

export function refocus() {
  focus = focusOf(state.selected);
}

export function focusOf(selected) {
  if (!selected && !state.show.wanted) return null;
  const nodes = new Set();
  const edges = new Set();
  const take = (edge) => {
    edges.add(edge.id);
    nodes.add(edge.from).add(edge.to);
  };
  // All within the steps that are asked for is in focus.
  if (selected && state.steps) {
    edgesShown().forEach(take);
    for (const id of nodesShown()) nodes.add(id);
    return { nodes, edges };
  }
  const about = aboutOf(selected);
  for (const id of about.nodes) nodes.add(id);
  edgesShown().filter(about.edge).forEach(take);
  return { nodes, edges };
}

// The nodes that a selection is, and whether it is about an edge.
function aboutOf(selected) {
  if (!selected)
    return { nodes: [], edge: (edge) => flowsShown(edge).some((index) => WANTED.includes(flows[index].status)) };
  const { kind, key } = selected;
  const ends = (id) => (edge) => edge.from === id || edge.to === id;
  if (kind === "actor") {
    const own = new Set([...flowsOut[key], ...flowsIn[key]]);
    return { nodes: [key], edge: (edge) => ends(key)(edge) || edge.flows.some((index) => own.has(index)) };
  }
  if (kind === "dataset") return { nodes: [datasetId(key)], edge: ends(datasetId(key)) };
  if (kind === "community") {
    const inside = new Set(communities[key]);
    const touches = (id) => id === groupId(key) || inside.has(id);
    return { nodes: [groupId(key), ...inside], edge: (edge) => touches(edge.from) || touches(edge.to) };
  }
  if (kind === "edge") return { nodes: [], edge: (edge) => edge.id === key };
  const { actors, datasets, flows: ids } = told(selected);
  const flowsAbout = new Set(ids.map((id) => flowIndex.get(id)));
  return {
    nodes: [...actors, ...datasets.map(datasetId)],
    edge: (edge) => edge.flows.some((index) => flowsAbout.has(index)),
  };
}

// The node of the canvas that is selected, if one is.
export function selectedNode() {
  if (!state.selected) return null;
  const { kind, key } = state.selected;
  if (kind === "actor") return key;
  return kind === "dataset" ? datasetId(key) : null;
}
