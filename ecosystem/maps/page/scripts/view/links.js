// Links between communities, and from them to brokers: flows of all statuses together, the strongest only.

import { isGroupId } from "../data/ids.js";

// Each link as {edge, flows} by the id of its edge. A link stays if it is among the `most` strongest of
// one of the communities that it touches.
export function strongestLinks(flows, { counts, standsFor, most }) {
  const links = new Map();
  flows.forEach((flow, index) => {
    if (!counts(flow, index)) return;
    const [from, to] = [standsFor(flow.provider), standsFor(flow.recipient)];
    if (from === to) return;
    const id = `g${from}>${to}`;
    if (!links.has(id)) links.set(id, { id, from, to, indexes: [] });
    links.get(id).indexes.push(index);
  });
  const ordered = [...links.values()].sort((a, b) => b.indexes.length - a.indexes.length || (a.id < b.id ? -1 : 1));
  const taken = new Map();
  const kept = new Map();
  for (const { id, from, to, indexes } of ordered) {
    const ends = [from, to].filter(isGroupId);
    if (ends.length && Math.min(...ends.map((end) => taken.get(end) || 0)) >= most) continue;
    for (const end of ends) taken.set(end, (taken.get(end) || 0) + 1);
    const edge = {
      id,
      layer: "actors",
      from,
      to,
      status: statusOf(indexes.map((index) => flows[index])),
      flows: indexes,
    };
    kept.set(id, { edge, flows: indexes });
  }
  return kept;
}

function statusOf(flows) {
  return flows.some(({ status }) => status === "active") ? "active" : flows[0].status;
}
