// Nodes and edges as vis-network takes them, styled by the state of the view.

import { dashesOf, SHAPES, sectorOf } from "../data/codes.js";
import { actors, flows, isPublic, regions } from "../data/content.js";
import { isActorId, isDatasetId, isGroupId } from "../data/ids.js";
import { state } from "../data/state.js";
import { byMeasure, measureNamed, shareOf, valueFor } from "../view/measures.js";
import { ramp } from "../view/scaling.js";
import { flowsShown, thinness } from "../view/view.js";
import { colours } from "./colours.js";
import { bendOf, sheet, spots } from "./places.js";

// Shapes of the same size in vis-network differ in area: brought to look alike.
const SCALE = { square: 0.88, diamond: 1.15, triangle: 1.08, star: 1.2, hexagon: 1 };

// Fill and border of an actor.
export function tintOf(actor) {
  if (!byMeasure()) {
    const tint = colours.sectors[sectorOf(actor)];
    return { fill: actor.outside ? colours.ground : tint.fill, line: tint.line };
  }
  const defined = valueFor(measureNamed(state.colour), actor.n) !== null;
  return {
    fill: defined ? ramp(colours.ramp, shareOf(state.colour, actor.n)) : colours.ground,
    line: colours.ink,
  };
}

export function nodeStyle(id, focus) {
  const at = spots.get(id);
  const dim = focus !== null && !focus.nodes.has(id);
  const base = { id, x: at.x, y: at.y, opacity: dim ? 0.22 : 1 };
  if (isGroupId(id)) {
    return {
      ...base,
      shape: "dot",
      size: at.radius,
      borderWidth: 2,
      borderWidthSelected: 3,
      color: nodeColour(colours.region, colours.soft),
    };
  }
  if (isDatasetId(id)) {
    return {
      ...base,
      shape: "square",
      size: at.radius,
      borderWidth: 1.2,
      borderWidthSelected: 2.4,
      color: nodeColour(colours.ground, colours.soft),
    };
  }
  const actor = actors[id];
  const tint = tintOf(actor);
  const shape = SHAPES[sectorOf(actor)];
  return {
    ...base,
    shape,
    size: at.radius * (SCALE[shape] || 1),
    borderWidth: actor.outside ? 2.2 : 1.4,
    borderWidthSelected: 3,
    color: nodeColour(tint.fill, tint.line),
  };
}

function nodeColour(background, border) {
  const lit = { background, border: colours.accent };
  return { background, border, highlight: lit, hover: lit };
}

const toPublic = (edge) => edge.flows.length > 0 && edge.flows.every((index) => isPublic(flows[index]));

// From one territory to another.
const between = (edge) =>
  isActorId(edge.from) && isActorId(edge.to) && actors[edge.from].territory !== actors[edge.to].territory;

export function edgeStyle(edge, focus) {
  const dim = focus !== null && !focus.edges.has(edge.id);
  const lit = focus !== null && !dim;
  const light = toPublic(edge);
  const blocked = edge.status === "blocked";
  const holds = edge.layer === "holds";
  const count = Math.max(flowsShown(edge).length, 1);
  const base = blocked ? colours.blocked : colours.flow;
  let opacity = holds ? 0.35 : edge.status === "ended" ? 0.32 : light ? 0.3 : 0.78;
  if (regions.size && between(edge)) opacity *= blocked ? 0.7 : 0.45;
  const grouped = isGroupId(edge.from) || isGroupId(edge.to);
  opacity *= grouped ? 0.34 : thinness;
  if (lit) opacity = holds ? 0.6 : edge.status === "ended" ? 0.55 : 0.95;
  if (dim) opacity = 0.07;
  const width =
    ((holds ? 0.8 : light ? 0.9 : 1.2) + (light ? 0.35 : 0.75) * Math.log2(count)) * (lit ? 1 : 0.4 + 0.6 * thinness);
  // Inside an open community everything is as small as its members.
  const inside = state.show.groups && isActorId(edge.from) && isActorId(edge.to) ? 0.3 : 1;
  const arrow = (inside * Math.max(0.36, 0.5 * sheet.grow)) / Math.max(1, width / 2.4);
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    width: Math.min(width, 7) * inside,
    dashes: holds ? [1, 3] : dashesOf(edge.status),
    color: { color: base, highlight: base, hover: colours.accent, opacity },
    arrows: {
      to: { enabled: !holds, scaleFactor: arrow },
      middle: { enabled: blocked, type: "bar", scaleFactor: 0.6 },
    },
    smooth: { enabled: true, type: "curvedCW", roundness: bendOf(edge) },
    selectionWidth: 1,
    hoverWidth: 0.6,
  };
}
