// What is shown: the filters, the steps around a selection, the communities of a large map.

const LARGE = 2000; // above, brokers and communities first
const HUGE = 5000; // above, communities open one by one
const LINKS = 4; // of a community, its strongest links only
const NOT_STATED = "_"; // an empty cell, in the address

const ofDataset = (column) => (flow) => (flow.dataset === null ? "" : datasets[flow.dataset][column] || "");

// What each filter looks at: a property of actors, or of flows (their own or their dataset's).
const FILTERS = {
  sector: { rows: actors, value: sectorOf },
  type: { rows: actors, value: (actor) => actor.type || "" },
  territory: { rows: actors, value: (actor) => actor.territory || "" },
  status: { rows: flows, value: (flow) => flow.status },
  theme: { rows: flows, value: ofDataset("theme") },
  access: { rows: flows, value: ofDataset("access") },
  barrier: { rows: flows, value: (flow) => flow.barrier || "" },
};
for (const [name, filter] of Object.entries(FILTERS)) {
  state.without[name] = new Set();
  filter.tallies = new Map();
  filter.rows.forEach((row) => {
    const value = filter.value(row);
    filter.tallies.set(value, (filter.tallies.get(value) || 0) + 1);
  });
}
const [OF_ACTORS, OF_FLOWS] = [actors, flows].map((rows) =>
  Object.entries(FILTERS).filter(([, filter]) => filter.rows === rows));
// A dataset without any flow is filtered by its own theme and access.
const OF_DATASETS = ["theme", "access"];

const passes = (filters, row) => filters.every(([name, { value }]) => !state.without[name].has(value(row)));
const filtered = () => Object.values(state.without).some((hidden) => hidden.size) || !state.show.publicFlows;

// ------------------------------------------------------------------ communities

const communities = [];
actors.forEach(({ n, community }) => {
  if (community === null || community === undefined) return;
  communities[community] = communities[community] || [];
  communities[community].push(n);
});
const canGroup = actors.length > LARGE && communities.length > 1;
state.show.groups = canGroup;
const mustGroup = canGroup && actors.length > HUGE;
const leading = communities.map((members) =>
  members.reduce((best, n) => (actors[n].label_rank < actors[best].label_rank ? n : best), members[0]));

// The name of a community: that of its most important actor, and how many are in it.
function communityName(index) {
  const members = communities[index];
  if (members.every(isIsolate)) return word("isolates", { count: members.length });
  return word("community_of", { name: actors[leading[index]].name, count: members.length });
}

// The node that stands for an actor: itself, or its community.
function standsFor(n) {
  const { community, broker } = actors[n];
  if (!state.show.groups || broker || state.opened.has(community)) return n;
  return groupId(community);
}

// ------------------------------------------------------------------ the view

let view = { nodes: new Set(), edges: new Map() };
const nodeShown = (id) => view.nodes.has(id);
const edgeShown = (edge) => view.edges.has(edge.id);
const edgeOf = (id) => (view.edges.get(id) || { edge: edgeById.get(id) }).edge;
// The flows that a line stands for, less those that filters hide.
const flowsShown = (edge) => (view.edges.get(edge.id) || { flows: edge.flows }).flows;
const nodeIds = () => [...view.nodes];
const edgesShown = () => [...view.edges.values()].map(({ edge }) => edge);
let passing = [];
let thinness = 1;

const isPublic = (flow) => actors[flow.provider].public || actors[flow.recipient].public;

function refreshView() {
  const actorsIn = actors.map((actor) => passes(OF_ACTORS, actor));
  passing = flows.map((flow) => actorsIn[flow.provider] && actorsIn[flow.recipient] && passes(OF_FLOWS, flow)
    && (state.show.publicFlows || !isPublic(flow)));
  const near = nearby(actorsIn);
  if (near) actors.forEach((_, n) => { actorsIn[n] = actorsIn[n] && near.has(n); });
  const nodes = new Set();
  actors.forEach((_, n) => { if (actorsIn[n]) nodes.add(standsFor(n)); });
  const called = summoned();
  datasets.forEach((dataset) => {
    const asked = called.includes(dataset.n);
    if (!asked && !(state.show.datasets && datasetPasses(dataset, actorsIn, near))) return;
    nodes.add(datasetId(dataset.n));
  });
  view = { nodes, edges: new Map() };
  if (state.show.groups) addGroupedEdges(actorsIn);
  else addEdges();
  // Many flows are drawn lighter, or they hide the actors.
  thinness = Math.max(0.16, Math.min(1, Math.sqrt(300 / Math.max(1, view.edges.size))));
}

function datasetPasses(dataset, actorsIn, near) {
  const ends = flowsOfDataset[dataset.n];
  if (dataset.holder !== null && !actorsIn[dataset.holder] && !near) return false;
  if (near && !(actorsIn[dataset.holder] || ends.some((index) => passing[index]
    && actorsIn[flows[index].provider] && actorsIn[flows[index].recipient]))) return false;
  return OF_DATASETS.every((name) => !state.without[name].has(dataset[name] || ""));
}

function addEdges() {
  for (const edge of drawing.edges) {
    if (!view.nodes.has(edge.from) || !view.nodes.has(edge.to)) continue;
    // With datasets shown, a flow goes through its dataset; only flows without one stay direct.
    if (edge.layer === "actors" && state.show.datasets
      && !edge.flows.some((index) => flows[index].dataset === null)) continue;
    const kept = edge.flows.filter((index) => passing[index]);
    if (edge.layer === "holds" || kept.length) view.edges.set(edge.id, { edge, flows: kept });
  }
}

// Links between what is shown, flows of all statuses together; of a community the strongest.
function addGroupedEdges(actorsIn) {
  const links = new Map();
  flows.forEach((flow, index) => {
    if (!passing[index] || !actorsIn[flow.provider] || !actorsIn[flow.recipient]) return;
    const [from, to] = [standsFor(flow.provider), standsFor(flow.recipient)];
    if (from === to) return;
    const id = `g${from}>${to}`;
    if (!links.has(id)) links.set(id, { edge: { id, layer: "actors", from, to, status: "active", flows: [] }, flows: [] });
    links.get(id).flows.push(index);
  });
  const strongest = new Map();
  const ordered = [...links.values()].sort((a, b) => b.flows.length - a.flows.length || (a.edge.id < b.edge.id ? -1 : 1));
  for (const link of ordered) {
    const { edge } = link;
    edge.flows = link.flows;
    const statuses = new Set(link.flows.map((index) => flows[index].status));
    edge.status = statuses.has("active") ? "active" : [...statuses][0];
    const ends = [edge.from, edge.to].filter(isGroupId);
    const taken = ends.map((id) => strongest.get(id) || 0);
    if (ends.length && Math.min(...taken) >= LINKS) continue;
    ends.forEach((id) => strongest.set(id, (strongest.get(id) || 0) + 1));
    view.edges.set(edge.id, link);
  }
}

// Datasets that the selection is about show themselves even when datasets are off.
function summoned() {
  const { selected } = state;
  if (!selected) return [];
  if (selected.kind === "dataset") return [selected.key];
  return selected.kind === "finding" ? findings[selected.key].datasets : [];
}

// ------------------------------------------------------------------ steps around a selection

function startOf({ kind: kindOf, key }) {
  if (kindOf === "actor") return [key];
  if (kindOf === "finding") return findings[key].actors;
  if (kindOf === "community") return communities[key];
  if (kindOf === "edge") return [edgeOf(key).from, edgeOf(key).to].filter(isActorId);
  const { holder } = datasets[key];
  return [...(holder === null ? [] : [holder]),
    ...flowsOfDataset[key].flatMap((index) => [flows[index].provider, flows[index].recipient])];
}

// The actors within so many steps, whichever way the flows go; null: all.
function nearby(actorsIn) {
  if (!state.selected || !state.steps) return null;
  const seen = new Set(startOf(state.selected).filter((n) => actorsIn[n]));
  let edge = [...seen];
  for (let step = 0; step < state.steps; step += 1) {
    const next = [];
    for (const n of edge) {
      for (const [list, end] of [[flowsOut[n], "recipient"], [flowsIn[n], "provider"]]) {
        for (const index of list) {
          const other = flows[index][end];
          if (passing[index] && !seen.has(other)) {
            seen.add(other);
            next.push(other);
          }
        }
      }
    }
    edge = next;
  }
  return seen;
}

// A selection is seen, whatever hides it: its filters let it pass, its community opens.
function reveal(selected) {
  if (!selected || !["actor", "finding"].includes(selected.kind)) return;
  for (const n of startOf(selected)) {
    OF_ACTORS.forEach(([name, { value }]) => {
      if (selected.kind === "actor") state.without[name].delete(value(actors[n]));
    });
    if (state.show.groups && !actors[n].broker) state.opened.add(actors[n].community);
  }
}
