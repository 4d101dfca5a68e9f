// Where everything stands on the canvas: the layout, stretched to the window.

import { communities } from "../data/communities.js";
import { actors, drawing, regions } from "../data/content.js";
import { groupId, isActorId } from "../data/ids.js";
import { state } from "../data/state.js";
import { byId, narrow } from "../elements.js";
import { sizeOf } from "../view/measures.js";
import { extent, onCurve, pushApart, stretched } from "./geometry.js";

const STRETCH = 2.5; // at most this much more one way than the other
const RADIUS = { least: 8, most: 25, dataset: 5 };

export const spots = new Map(); // node id -> {x, y, radius}
// The size of the canvas, how much the layout is stretched to it, and how large markers are drawn on it.
export const sheet = { width: 0, height: 0, kx: 1, ky: 1, grow: 1 };

export const radiusOf = (size) => RADIUS.least + (RADIUS.most - RADIUS.least) * Math.max(0, Math.min(1, size || 0));

export function placeNodes() {
  const frame = byId("canvas").getBoundingClientRect();
  const { left, right, top, bottom } = extent(drawing.nodes);
  // Room for names around the outermost actors, or for the blocks of territories.
  const { side, above, below } = regions.size ? drawing.block : { side: 0, above: 0, below: 0 };
  const room = {
    width: Math.max(frame.width - (regions.size ? 20 : narrow() ? 60 : 130), 200),
    height: Math.max(frame.height - (regions.size ? 20 : narrow() ? 80 : 100), 160),
  };
  const layout = { width: right - left + 2 * side, height: bottom - top + above + below };
  const { kx, ky } = stretched(layout, room, STRETCH);
  // As many actors in less room: smaller markers.
  const small = Math.max(0.2, Math.min(1, Math.sqrt((room.width * room.height) / Math.max(actors.length, 1)) / 115));
  const grow = state.show.groups ? 0.7 : Math.max(0.26, small);
  Object.assign(sheet, { width: frame.width, height: frame.height, kx, ky, grow });
  // Members of an open community stand as close as on the whole map; brokers are seen from afar.
  const growOf = (id) => (state.show.groups && isActorId(id) && !actors[id].broker ? small : grow);
  for (const { id, x, y } of drawing.nodes) {
    spots.set(id, {
      x: (x - (left + right) / 2) * kx,
      y: (y - (top - above + bottom + below) / 2) * ky - (regions.size ? 0 : 12),
      radius: (isActorId(id) ? radiusOf(sizeOf(id)) : RADIUS.dataset) * growOf(id),
    });
  }
  communities.forEach((members, index) => {
    const mean = (axis) => members.reduce((sum, n) => sum + spots.get(n)[axis], 0) / members.length;
    // All communities together cover a seventh of the map.
    const radius = Math.max(8, Math.sqrt((room.width * room.height * members.length) / (7 * Math.PI * actors.length)));
    spots.set(groupId(index), { x: mean("x"), y: mean("y"), radius });
  });
  pushApart(communities.map((_, index) => spots.get(groupId(index))));
}

// ------------------------------------------------------------------ lines

// Flows of several statuses between the same two ends bend apart.
const turns = new Map(); // edge id -> the how many-eth between its ends
{
  const met = new Map();
  for (const edge of drawing.edges) {
    const ends = `${edge.from}>${edge.to}>${edge.layer}`;
    met.set(ends, (met.get(ends) || 0) + 1);
    turns.set(edge.id, met.get(ends));
  }
}
export const bendOf = (edge) => (edge.layer === "holds" ? 0 : 0.1 + 0.13 * ((turns.get(edge.id) || 1) - 1));

// A point on an edge, from 0 at its start to 1 at its end.
export const along = (edge, t) => onCurve(spots.get(edge.from), spots.get(edge.to), bendOf(edge), t);
