// Names and numbers, painted above vis-network's shapes.

import { communities, leading } from "../data/communities.js";
import { actors, isIsolate, talkMark } from "../data/content.js";
import { isActorId, isDatasetId, isGroupId, numberOf } from "../data/ids.js";
import { state } from "../data/state.js";
import { shortened } from "../data/text.js";
import { nodeName } from "../data/words.js";
import { focus, selectedNode } from "../view/focus.js";
import { sizeOf } from "../view/measures.js";
import { edgeOf, edgesShown, flowsShown, nodesShown, view } from "../view/view.js";
import { Taken } from "./boxes.js";
import { network, originOnPage } from "./canvas.js";
import { colours } from "./colours.js";
import { captions } from "./ground.js";
import { placeCounts, placeNames } from "./naming.js";
import { along, sheet, spots } from "./places.js";

export const LABEL = { size: 12, line: 14, halo: 3.5 };
const CUT = { wide: 20, most: 2 }; // letters a line, lines
const SHOWN_FIRST = 8; // before the names of communities, those of brokers
const COUNTED = 600; // up to so many lines, each says how many flows it is

export let labels = null; // what was laid out last: {scale, boxes, counts}
const shortNames = new Map(); // in the language of the page

export const forgetLabels = () => {
  labels = null;
};
export function forgetNames() {
  shortNames.clear();
  forgetLabels();
}

function linesOf(id) {
  if (!shortNames.has(id)) shortNames.set(id, linesFor(id));
  return shortNames.get(id);
}

function linesFor(id) {
  const members = isGroupId(id) ? communities[numberOf(id)] : [];
  if (!members.length || members.every(isIsolate)) return shortened(nodeName(id), CUT);
  return [shortened(actors[leading[numberOf(id)]].name, CUT)[0], `(${members.length})`];
}

const chosen = (id) => id === selectedNode() || id === state.hovered;

// In canvas units times scale: panning changes nothing, so what was laid out is kept.
function layOutLabels(context, scale) {
  const taken = new Taken();
  for (const id of nodesShown()) if (focus === null || focus.nodes.has(id)) taken.add(markerBox(id, scale));
  for (const box of captions(context, scale)) taken.add({ ...box, right: box.rule || box.right });
  const early = focus === null ? [] : countsOfFlows(taken, scale);
  const ids = inOrder().filter((id) => focus === null || focus.nodes.has(id) || chosen(id));
  const boxes = placeNames(ids, (id) => nameOf(id, scale), taken, {
    sheet: { width: (sheet.width / 2 - 6) * scale, height: (sheet.height / 2) * scale },
    line: LABEL.line,
    // No more names than the room they have: as many again at each step of zooming.
    most: focus === null ? Math.max(30, (sheet.width * sheet.height) / 13000) * scale ** 2 : Infinity,
    measure(lines, { id, strong }) {
      context.font = labelFont(id, strong);
      return Math.max(...lines.map((line) => context.measureText(line).width));
    },
  });
  const few = view.edges.size <= COUNTED || scale >= 3;
  return { scale, boxes, counts: focus !== null ? early : few ? countsOfFlows(taken, scale) : [] };
}

function markerBox(id, scale) {
  const at = spots.get(id);
  const marked = isActorId(id) && (talkMark(actors[id]) || actors[id].broker);
  const radius = at.radius * scale + (marked ? 4 : 1);
  return {
    left: at.x * scale - radius,
    right: at.x * scale + radius,
    top: at.y * scale - radius,
    bottom: at.y * scale + radius,
    own: id,
    small: isDatasetId(id) || (isActorId(id) && !actors[id].broker && sizeOf(id) < 0.3),
  };
}

// The nodes by the importance of their names: what is chosen, what is in focus, then by rank.
function inOrder() {
  const rank = (id) => {
    if (chosen(id)) return 0;
    const near = focus?.nodes.has(id) ? -1e6 : 0;
    if (isGroupId(id)) return near + SHOWN_FIRST - communities[numberOf(id)].length / actors.length;
    return near + (isDatasetId(id) ? 1e6 + numberOf(id) : actors[id].label_rank);
  };
  return nodesShown().sort((a, b) => Number(chosen(b)) - Number(chosen(a)) || rank(a) - rank(b));
}

function nameOf(id, scale) {
  const at = spots.get(id);
  const actor = isActorId(id) ? actors[id] : null;
  return {
    id,
    lines: linesOf(id),
    x: at.x * scale,
    y: at.y * scale,
    radius: at.radius * scale,
    chosen: chosen(id),
    strong: actor !== null && (actor.broker !== null || chosen(id)),
    // In a crowd the first few may cover small markers, not names.
    important: isGroupId(id) || (actor !== null && actor.label_rank < 12),
    anyway: chosen(id) || (focus !== null && focus.nodes.size < 8),
    // A community bears its name inside.
    inside: isGroupId(id),
    // In the rows of actors without flow, a shorter name under rather than a long one beside.
    row: actor !== null && isIsolate(id),
  };
}

function countsOfFlows(taken, scale) {
  const lines = edgesShown()
    .filter((edge) => flowsShown(edge).length > 1 && (focus === null || focus.edges.has(edge.id)))
    .map((edge) => ({ id: edge.id, text: String(flowsShown(edge).length) }));
  return placeCounts(lines, taken, (id, t) => {
    const { x, y } = along(edgeOf(id), t);
    return { x: x * scale, y: y * scale };
  });
}

function labelFont(id, strong) {
  const dataset = isDatasetId(id);
  return `${dataset ? "italic " : ""}${strong ? "600 " : ""}${dataset ? LABEL.size - 1 : LABEL.size}px ${colours.text}`;
}

// Where the text of a box is anchored, by its side.
export const anchorOf = ({ left, right, align }) => ({ left, right, center: (left + right) / 2 })[align];

export function drawLabels(context) {
  const scale = network.getScale();
  if (!labels || Math.abs(labels.scale - scale) > 1e-6) labels = layOutLabels(context, scale);
  const origin = originOnPage();
  context.lineJoin = "round";
  context.strokeStyle = colours.ground;
  context.fillStyle = colours.ink;
  context.lineWidth = LABEL.halo;
  context.font = `600 ${LABEL.size}px ${colours.text}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { text, x, y } of labels.counts) {
    context.strokeText(text, origin.x + x, origin.y + y);
    context.fillText(text, origin.x + x, origin.y + y);
  }
  context.textBaseline = "top";
  for (const box of labels.boxes) {
    context.font = labelFont(box.id, box.strong);
    context.textAlign = box.align;
    context.strokeStyle = colours.ground;
    context.lineWidth = LABEL.halo;
    context.fillStyle = isDatasetId(box.id) ? colours.soft : colours.ink;
    const x = origin.x + anchorOf(box);
    box.lines.forEach((line, index) => {
      const y = origin.y + box.top + index * LABEL.line + 1;
      context.strokeText(line, x, y);
      context.fillText(line, x, y);
    });
  }
}

// The node whose name is under a point of the canvas, if any.
export function labelAt(point) {
  if (!labels) return null;
  const origin = originOnPage();
  const [x, y] = [point.x - origin.x, point.y - origin.y];
  const box = labels.boxes.find((each) => x >= each.left && x <= each.right && y >= each.top && y <= each.bottom);
  return box ? box.id : null;
}
