// What is painted around vis-network's shapes: territories behind; names, brokers and gaps above.
// A name is painted only where it covers neither another name nor a marker, the most important
// first, so more of them appear as one zooms in.

const LABEL = { size: 12, line: 14, wide: 20, lines: 2, halo: 3.5 };
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
    shortNames.set(id, shortened(isDatasetId(id) ? datasetOf(id).title : actors[id].name));
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
  const shown = drawing.nodes.filter((node) => nodeShown(node.id));
  for (const node of shown) {
    if (focus !== null && !focus.nodes.has(node.id)) continue;
    const at = place.get(node.id);
    const marked = !isDatasetId(node.id) && (actors[node.id].gaps.length || actors[node.id].broker);
    const radius = at.radius * scale + (marked ? 4 : 1);
    taken.add({
      left: at.x * scale - radius, right: at.x * scale + radius,
      top: at.y * scale - radius, bottom: at.y * scale + radius, own: node.id,
      small: isDatasetId(node.id) || (!actors[node.id].broker && actors[node.id].size < 0.3),
    });
  }
  captions(context, scale).forEach((box) => taken.add({ ...box, right: box.rule || box.right }));
  const chosen = (id) => id === selectedNode() || id === state.hovered;
  const rank = (id) => {
    if (chosen(id)) return -2;
    const near = focus !== null && focus.nodes.has(id) ? -1e6 : 0;
    return near + (isDatasetId(id) ? 1e4 + Number(id.slice(1)) : actors[id].label_rank);
  };
  const order = shown.map((node) => node.id).sort((a, b) => rank(a) - rank(b));
  order.sort((a, b) => Number(chosen(b)) - Number(chosen(a)));
  const counts = countsOfFlows(taken, scale);
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
    const strong = !isDatasetId(id) && (actors[id].broker !== null || chosen(id));
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
      return tries.slice(0, places).findIndex(([left, top]) => left >= -sheet && left + width <= sheet
        && top >= -edge && top + height <= edge
        && taken.free({ left: left - 3, right: left + width + 3, top: top - 1, bottom: top + height + 1 }, id, overSmall));
    };
    // In the rows of actors without flow, a shorter name under rather than a long one beside.
    const inRow = !isDatasetId(id) && isIsolate(id);
    let found = attempt(false, inRow ? 1 : 4);
    // In a crowd the first few may cover small markers, not names.
    if (found < 0 && !isDatasetId(id) && actors[id].label_rank < 12) found = attempt(true);
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
  return { scale, boxes, counts };
}

// How many flows each line of the selection stands for, where the number covers nothing.
function countsOfFlows(taken, scale) {
  if (focus === null) return [];
  return drawing.edges.filter((edge) => focus.edges.has(edge.id) && edge.flows.length > 1).flatMap((edge) => {
    const text = String(edge.flows.length);
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

// ------------------------------------------------------------------ brokers and gaps

function drawBadges(context) {
  for (const actor of actors) {
    if (!actorShown(actor)) continue;
    const at = screen(actor.n);
    context.globalAlpha = focus !== null && !focus.nodes.has(actor.n) ? 0.25 : 1;
    if (state.show.brokers && actor.broker) {
      context.beginPath();
      context.arc(at.x, at.y, at.radius + 5, 0, 2 * Math.PI);
      context.lineWidth = 2;
      context.strokeStyle = colours.broker;
      context.stroke();
      const turn = (at.radius + 5) * Math.SQRT1_2;
      badge(context, at.x + turn, at.y - turn, String(actor.broker.rank), colours.broker, colours.ground);
    }
    if (state.show.gaps && actor.gaps.length) {
      const reach = (at.radius + (state.show.brokers && actor.broker ? 5 : 4)) * Math.SQRT1_2;
      badge(context, at.x - reach, at.y - reach, "!", colours.gap, colours.onGap);
    }
  }
  context.globalAlpha = 1;
}

function badge(context, x, y, text, ground, ink) {
  const radius = Math.max(text === "!" ? 3.5 : 6, Math.min(7, 7 * place.grow * network.getScale()));
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = ground;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = colours.ground;
  context.stroke();
  if (radius < 5.5 && text === "!") return;
  context.fillStyle = ink;
  context.font = `700 ${Math.round(radius * 1.45)}px ${colours.text}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
}

// ------------------------------------------------------------------ behind

const regions = new Map(); // territory -> actors, where territories are drawn
if (model.regions) {
  actors.forEach((actor) => {
    if (!regions.has(actor.territory)) regions.set(actor.territory, []);
    regions.get(actor.territory).push(actor.n);
  });
}
const isolates = actors.filter((actor) => isIsolate(actor.n)).map((actor) => actor.n);

function extent(ids, scale) {
  const xs = ids.map((id) => place.get(id).x * scale);
  const ys = ids.map((id) => place.get(id).y * scale);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

// Captions as boxes around the origin of the canvas: [{text, left, top, right, bottom}].
function captions(context, scale) {
  const made = [];
  const add = (lines, left, top) => {
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    made.push({ lines, left, top, right: left + width, bottom: top + 15 * lines.length, own: lines[0] });
  };
  context.font = captionFont();
  if (regions.size) {
    for (const [territory, members] of regions) {
      const box = block(members, scale);
      add(wrapped(context, territoryName(territory), box.right - box.left - 20), box.left + 11, box.top + 8);
    }
  } else if (isolates.length && isolates.length < actors.length) {
    const box = extent(isolates, scale);
    const widest = Math.max(...isolates.map((id) => place.get(id).radius)) * scale;
    const left = Math.max(box.left - widest - 40, (14 - place.width / 2) * scale);
    add([word("no_flow")], left, box.top - widest - 30);
    made[0].rule = Math.min(box.right + 40, (place.width / 2 - 14) * scale);
  }
  return made;
}

// The block that the layout kept for a territory.
function block(members, scale) {
  const box = extent(members, scale);
  const { side, above, below } = drawing.block;
  return {
    left: box.left - side * place.kx * scale, right: box.right + side * place.kx * scale,
    top: box.top - above * place.ky * scale, bottom: box.bottom + below * place.ky * scale,
  };
}

// At most two lines of a width, an ellipsis where that is not enough.
function wrapped(context, text, width) {
  const lines = [""];
  const fits = (line) => context.measureText(line).width <= width;
  for (const next of text.split(/\s+/)) {
    const joined = `${lines.at(-1)} ${next}`.trim();
    if (fits(joined) || !lines.at(-1) || lines.length === (narrow() ? 1 : 2)) lines[lines.length - 1] = joined;
    else lines.push(next);
  }
  return lines.map((line) => {
    let kept = line;
    while (kept.length > 4 && !fits(kept)) kept = `${kept.slice(0, -2).trimEnd()}…`;
    return kept;
  });
}

const captionFont = () => `600 12px ${colours.text}`;

function drawGround(context) {
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  for (const members of regions.values()) {
    const box = block(members, scale);
    const sides = [origin.x + box.left, origin.y + box.top, box.right - box.left, box.bottom - box.top];
    context.beginPath();
    if (context.roundRect) context.roundRect(...sides, 10);
    else context.rect(...sides);
    context.fillStyle = colours.region;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = colours.edge;
    context.stroke();
  }
  context.font = captionFont();
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillStyle = colours.soft;
  for (const box of captions(context, scale)) {
    box.lines.forEach((line, index) =>
      context.fillText(line, origin.x + box.left, origin.y + box.top + 15 * index));
    if (box.rule) {
      context.fillStyle = colours.edge;
      context.fillRect(origin.x + box.right + 10, origin.y + box.top + 7, Math.max(0, box.rule - box.right - 10), 1);
      context.fillStyle = colours.soft;
    }
  }
}
