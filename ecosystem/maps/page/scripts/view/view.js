// What is shown: the filters, the steps around a selection, the communities of a large map.

import { communities } from "../data/communities.js";
import {
  actors,
  conversations,
  datasets,
  drawing,
  edgeById,
  findings,
  flows,
  flowsIn,
  flowsOfDataset,
  flowsOut,
  isPublic,
} from "../data/content.js";
import { passes } from "../data/filters.js";
import { datasetId, groupId, isActorId } from "../data/ids.js";
import { OF_ACTORS, OF_FLOWS, state } from "../data/state.js";
import { strongestLinks } from "./links.js";
import { within } from "./steps.js";

const LINKS = 4; // of a community, its strongest links only
// A dataset without any flow is filtered by its own theme and access.
const OF_DATASETS = ["theme", "access"];

export let view = { nodes: new Set(), edges: new Map() }; // edges: id -> {edge, flows}
export let passing = []; // of each flow, whether filters let it pass
export let thinness = 1; // many flows are drawn lighter, or they hide the actors

export const nodeShown = (id) => view.nodes.has(id);
export const nodesShown = () => [...view.nodes];
export const edgesShown = () => [...view.edges.values()].map(({ edge }) => edge);
export const edgeOf = (id) => (view.edges.get(id) || { edge: edgeById.get(id) }).edge;
// The flows that a line stands for, less those that filters hide.
export const flowsShown = (edge) => (view.edges.get(edge.id) || { flows: edge.flows }).flows;

export const actorPasses = (n) => passes(OF_ACTORS, state.without, actors[n]);
export const filtered = () => Object.values(state.without).some((hidden) => hidden.size) || !state.show.publicFlows;

// The node that stands for an actor: itself, or its community.
function standsFor(n) {
  const { community, broker } = actors[n];
  if (!state.show.groups || broker || state.opened.has(community)) return n;
  return groupId(community);
}

export function refreshView() {
  const actorsIn = actors.map((_, n) => actorPasses(n));
  passing = flows.map(
    (flow) =>
      actorsIn[flow.provider] &&
      actorsIn[flow.recipient] &&
      passes(OF_FLOWS, state.without, flow) &&
      (state.show.publicFlows || !isPublic(flow)),
  );
  const near = nearby(actorsIn);
  if (near)
    actors.forEach((_, n) => {
      actorsIn[n] = actorsIn[n] && near.has(n);
    });
  const nodes = new Set();
  actors.forEach((_, n) => {
    if (actorsIn[n]) nodes.add(standsFor(n));
  });
  const called = summoned();
  for (const dataset of datasets) {
    const wanted = called.includes(dataset.n) || (state.show.datasets && datasetPasses(dataset, actorsIn, near));
    if (wanted) nodes.add(datasetId(dataset.n));
  }
  view = { nodes, edges: state.show.groups ? groupedEdges(actorsIn) : edgesBetween(nodes) };
  thinness = Math.max(0.16, Math.min(1, Math.sqrt(300 / Math.max(1, view.edges.size))));
}

function datasetPasses(dataset, actorsIn, near) {
  const ends = flowsOfDataset[dataset.n];
  if (dataset.holder !== null && !actorsIn[dataset.holder] && !near) return false;
  if (
    near &&
    !(
      actorsIn[dataset.holder] ||
      ends.some((index) => passing[index] && actorsIn[flows[index].provider] && actorsIn[flows[index].recipient])
    )
  )
    return false;
  return OF_DATASETS.every((name) => !state.without[name].has(dataset[name] || ""));
}

function edgesBetween(nodes) {
  const edges = new Map();
  for (const edge of drawing.edges) {
    if (!nodes.has(edge.from) || !nodes.has(edge.to)) continue;
    // With datasets shown, a flow goes through its dataset; only flows without one stay direct.
    if (edge.layer === "actors" && state.show.datasets && !edge.flows.some((index) => flows[index].dataset === null))
      continue;
    const kept = edge.flows.filter((index) => passing[index]);
    if (edge.layer === "holds" || kept.length) edges.set(edge.id, { edge, flows: kept });
  }
  return edges;
}

const groupedEdges = (actorsIn) =>
  strongestLinks(flows, {
    counts: (flow, index) => passing[index] && actorsIn[flow.provider] && actorsIn[flow.recipient],
    standsFor,
    most: LINKS,
  });

// Datasets that the selection is about show themselves even when datasets are off.
function summoned() {
  const { selected } = state;
  if (!selected) return [];
  if (selected.kind === "dataset") return [selected.key];
  return told(selected)?.datasets ?? [];
}

// ------------------------------------------------------------------ around a selection

// What a selection tells of several actors, datasets and flows at once: a finding or a conversation.
export const told = ({ kind, key }) => ({ finding: findings, conversation: conversations })[kind]?.[key];

function startOf({ kind, key }) {
  if (kind === "actor") return [key];
  if (told({ kind, key })) return told({ kind, key }).actors;
  if (kind === "community") return communities[key];
  if (kind === "edge") return [edgeOf(key).from, edgeOf(key).to].filter(isActorId);
  const { holder } = datasets[key];
  return [
    ...(holder === null ? [] : [holder]),
    ...flowsOfDataset[key].flatMap((index) => [flows[index].provider, flows[index].recipient]),
  ];
}

// The actors within the steps that are asked for; null: all.
function nearby(actorsIn) {
  if (!state.selected || !state.steps) return null;
  const start = startOf(state.selected).filter((n) => actorsIn[n]);
  return within(start, state.steps, { flows, flowsOut, flowsIn, passing });
}

// A selection is seen, whatever hides it: its filters let it pass, its community opens.
export function reveal(selected) {
  if (!selected || !["actor", "finding", "conversation"].includes(selected.kind)) return;
  for (const n of startOf(selected)) {
    for (const [name, { value }] of OF_ACTORS) {
      if (selected.kind === "actor") state.without[name].delete(value(actors[n]));
    }
    if (state.show.groups && !actors[n].broker) state.opened.add(actors[n].community);
  }
}
