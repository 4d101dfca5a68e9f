// Names, painted above vis-network's shapes. A name is painted only where it covers neither another name nor a marker, the most important
// first, so more of them appear as one zooms in.

const LABEL = { size: 12, line: 14, wide: 20, lines: 2, halo: 3.5 };
const SHOWN_FIRST = 8; // before the names of communities, those of brokers
const COUNTED = 600; // up to so many lines, each says how many flows it is
let labels = null; // what was laid out last: {scale, boxes}
const forgetLabels = () => { labels = null; };

// Two short lines, an ellipsis after them: the panel has the whole name.
function shortened(text) {
  const words = text.split(/\s+/).filter(Boolean);
  const lines = [""];
  for (const next of words) {
    const joined = lines.at(-1) ? `${lines.at(-1)} ${next}` : next;
    if (joined.length <= LABEL.wide || !lines.at(-1)) lines[lines.length - 1] = joined;
    else lines.push(next);
  }
  const kept = lines.slice(0, LABEL.lines).map((line) =>
    line.length > LABEL.wide + 4 ? `${line.slice(0, LABEL.wide + 3)}…` : line);
  if (lines.length > LABEL.lines) kept[LABEL.lines - 1] = `${kept[LABEL.lines - 1].replace(/[\s,:(…-]+$/, "")}…`;
  return kept;
}

const shortNames = new Map();
function linesOf(id) {
  if (!shortNames.has(id)) {
    shortNames.set(id, isGroupId(id) && !communities[groupOf(id)].every(isIsolate)
      ? [shortened(actors[leading[groupOf(id)]].name)[0], `(${communities[groupOf(id)].length})`]
      : shortened(nodeName(id)));
  }
  return shortNames.get(id);
}

// Boxes in squares of the plane, to ask quickly whether a box is free.
class Taken {
  constructor() {
    this.squares = new Map();
  }

  each(box, visit) {
    for (let i = Math.floor(box.left / 80); i <= Math.floor(box.right / 80); i += 1) {
      for (let j = Math.floor(box.top / 80); j <= Math.floor(box.bottom / 80); j += 1) {
        if (visit(`${i},${j}`)) return true;
      }
    }
    return false;
  }

  add(box) {
    this.each(box, (square) => {
      if (!this.squares.has(square)) this.squares.set(square, []);
      this.squares.get(square).push(box);
      return false;
    });
  }

  free(box, own, overSmall = false) {
    return !this.each(box, (square) => (this.squares.get(square) || []).some((other) =>
      other.own !== own && !(overSmall && other.small) && box.left < other.right && other.left < box.right
      && box.top < other.bottom && other.top < box.bottom));
  }
}

// In canvas units times scale: panning changes nothing, so what was laid out is kept.
function layOutLabels(context, scale) {
  const taken = new Taken();
  const shown = nodeIds();
  for (const id of shown) {
    if (focus !== null && !focus.nodes.has(id)) continue;
    const at = place.get(id);
    const marked = isActorId(id) && (weighs(actors[id]) || actors[id].broker);
    const radius = at.radius * scale + (marked ? 4 : 1);
    taken.add({
      left: at.x * scale - radius, right: at.x * scale + radius,
      top: at.y * scale - radius, bottom: at.y * scale + radius, own: id,
      small: isDatasetId(id) || (isActorId(id) && !actors[id].broker && sizeOf(id) < 0.3),
    });
  }
  captions(context, scale).forEach((box) => taken.add({ ...box, right: box.rule || box.right }));
  const chosen = (id) => id === selectedNode() || id === state.hovered;
  const rank = (id) => {
    if (chosen(id)) return -2;
    const near = focus !== null && focus.nodes.has(id) ? -1e6 : 0;
    if (isGroupId(id)) return near + SHOWN_FIRST - communities[groupOf(id)].length / actors.length;
    return near + (isDatasetId(id) ? 1e6 + Number(id.slice(1)) : actors[id].label_rank);
  };
  const order = shown.sort((a, b) => rank(a) - rank(b));
  order.sort((a, b) => Number(chosen(b)) - Number(chosen(a)));
  const early = focus === null ? [] : countsOfFlows(taken, scale);
  const boxes = [];
  // No more names than the room they have: as many again at each step of zooming.
  const most = Math.max(30, (place.width * place.height) / 13000) * scale ** 2;
  const sheet = (place.width / 2 - 6) * scale;
  const edge = (place.height / 2) * scale;
  for (const id of order) {
    if (boxes.length > most && focus === null && !chosen(id)) break;
    const dim = focus !== null && !focus.nodes.has(id);
    if (dim && !chosen(id)) continue;
    let lines = linesOf(id);
    const strong = isActorId(id) && (actors[id].broker !== null || chosen(id));
    context.font = labelFont(id, strong);
    const at = place.get(id);
    const [x, y, r] = [at.x * scale, at.y * scale, at.radius * scale];
    let width = 0;
    let height = 0;
    let tries = [];
    const aligned = ["center", "center", "left", "right"];
    const attempt = (overSmall, places = 4) => {
      width = Math.max(...lines.map((line) => context.measureText(line).width));
      height = lines.length * LABEL.line;
      // Under or over its marker, moved aside where it would leave the sheet; else beside.
      const inside = Math.max(-sheet, Math.min(x - width / 2, sheet - width));
      tries = [
        [inside, y + r + 4], [inside, y - r - height - 4],
        [x + r + 6, y - height / 2], [x - r - width - 6, y - height / 2],
      ];
      // A community bears its name inside, where it has room.
      if (isGroupId(id) && width < 2 * r - 6) tries[0] = [x - width / 2, y - height / 2];
      return tries.slice(0, places).findIndex(([left, top]) => left >= -sheet && left + width <= sheet
        && top >= -edge && top + height <= edge
        && taken.free({ left: left - 3, right: left + width + 3, top: top - 1, bottom: top + height + 1 }, id, overSmall));
    };
    // In the rows of actors without flow, a shorter name under rather than a long one beside.
    const inRow = isActorId(id) && isIsolate(id);
    let found = attempt(false, inRow ? 1 : 4);
    // In a crowd the first few may cover small markers, not names.
    if (found < 0 && (isGroupId(id) || (isActorId(id) && actors[id].label_rank < 12))) found = attempt(true);
    if (found < 0 && inRow) {
      if (lines.length > 1) lines = [`${lines[0]}…`];
      found = attempt();
    }
    if (found < 0 && (chosen(id) || (focus !== null && focus.nodes.size < 8))) found = 0;
    if (found < 0) continue;
    const [left, top] = tries[found];
    const box = {
      id, lines, strong, align: aligned[found], own: id,
      left, top, right: left + width, bottom: top + height,
    };
    taken.add(box);
    boxes.push(box);
  }
  const few = view.edges.size <= COUNTED || scale >= 3;
  return { scale, boxes, counts: focus !== null ? early : few ? countsOfFlows(taken, scale) : [] };
}

// How many flows each line stands for, where the number covers nothing.
function countsOfFlows(taken, scale) {
  return edgesShown().filter((edge) => flowsShown(edge).length > 1
    && (focus === null || focus.edges.has(edge.id))).flatMap((edge) => {
    const text = String(flowsShown(edge).length);
    for (const t of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const { x, y } = along(edge, t);
      const half = 2 + 3.5 * text.length;
      const box = { left: x * scale - half, right: x * scale + half, top: y * scale - 8, bottom: y * scale + 8, own: edge.id };
      if (taken.free(box, edge.id)) {
        taken.add(box);
        return [{ text, x: x * scale, y: y * scale }];
      }
    }
    return [];
  });
}

function labelFont(id, strong) {
  const dataset = isDatasetId(id);
  return `${dataset ? "italic " : ""}${strong ? "600 " : ""}${dataset ? LABEL.size - 1 : LABEL.size}px ${colours.text}`;
}

function selectedNode() {
  if (!state.selected) return null;
  if (state.selected.kind === "actor") return state.selected.key;
  return state.selected.kind === "dataset" ? datasetId(state.selected.key) : null;
}

function drawOver(context) {
  drawBadges(context);
  const scale = network.getScale();
  if (!labels || Math.abs(labels.scale - scale) > 1e-6) labels = layOutLabels(context, scale);
  const origin = network.canvasToDOM({ x: 0, y: 0 });
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
    const x = origin.x + { left: box.left, right: box.right, center: (box.left + box.right) / 2 }[box.align];
    box.lines.forEach((line, index) => {
      const y = origin.y + box.top + index * LABEL.line + 1;
      context.strokeText(line, x, y);
      context.fillText(line, x, y);
    });
  }
}

// The node whose name is under a point of the canvas, if any.
function labelAt(point) {
  if (!labels) return null;
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const [x, y] = [point.x - origin.x, point.y - origin.y];
  const box = labels.boxes.find((each) =>
    x >= each.left && x <= each.right && y >= each.top && y <= each.bottom);
  return box ? box.id : null;
}
