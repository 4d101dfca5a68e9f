// What is painted around vis-network's shapes: brokers and gaps above, territories behind.

// ------------------------------------------------------------------ brokers and gaps

const CROWD = 600; // from so many marks on, seen from afar, only brokers say that they have a gap

function drawBadges(context) {
  const crowded = view.nodes.size > CROWD && network.getScale() < 2.5;
  for (const actor of nodeIds().filter(isActorId).map((n) => actors[n])) {
    const at = screen(actor.n);
    context.globalAlpha = focus !== null && !focus.nodes.has(actor.n) ? 0.25 : 1;
    // vis-network paints communities last: over them, brokers are painted once more.
    if (state.show.groups && actor.broker) paintAgain(context, actor.n, at);
    if (state.show.brokers && actor.broker) {
      context.beginPath();
      context.arc(at.x, at.y, at.radius + 5, 0, 2 * Math.PI);
      context.lineWidth = 2;
      context.strokeStyle = colours.broker;
      context.stroke();
      const turn = (at.radius + 5) * Math.SQRT1_2;
      badge(context, at.x + turn, at.y - turn, String(actor.broker.rank), colours.broker, colours.ground);
    }
    if (state.show.gaps && weighs(actor) && (actor.broker || (!crowded && (!state.show.groups || at.radius > 6)))) {
      const reach = (at.radius + (state.show.brokers && actor.broker ? 5 : 4)) * Math.SQRT1_2;
      badge(context, at.x - reach, at.y - reach, "!", colours.gap, colours.onGap);
    }
  }
  context.globalAlpha = 1;
}

function paintAgain(context, n, at) {
  const { shape, size, color, borderWidth } = nodeStyle({ id: n }, null);
  const mark = new Path2D(shapePath(shape, at.x, at.y, size * network.getScale()));
  context.fillStyle = color.background;
  context.strokeStyle = color.border;
  context.lineWidth = borderWidth;
  context.fill(mark);
  context.stroke(mark);
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
const lonely = () => isolates.filter(nodeShown);

function extent(ids, scale) {
  const [[left, right], [top, bottom]] = ["x", "y"].map((axis) =>
    bounds(ids.map((id) => place.get(id)[axis] * scale)));
  return { left, right, top, bottom };
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
  } else if (lonely().length && isolates.length < actors.length && !state.show.groups) {
    const box = extent(lonely(), scale);
    const widest = bounds(lonely().map((id) => place.get(id).radius))[1] * scale;
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
