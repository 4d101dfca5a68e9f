// The drawing: vis-network with positions given, styled by the state of the view.

let network = null;
let visNodes = null;
let visEdges = null;
let colours = {};
const place = new Map(); // node id -> {x, y} on the canvas, and its radius
const RADIUS = { least: 8, most: 25, dataset: 5 };

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  colours = {
    ground: read("ground"), ink: read("ink"), soft: read("soft"), faint: read("faint"),
    flow: read("flow"), blocked: read("blocked"), region: read("region"), edge: read("region-edge"),
    broker: read("broker"), gap: read("gap"), onGap: read("on-gap"), accent: read("accent"),
    text: read("text-font"), ramp: [0, 1, 2, 3, 4].map((step) => read(`ramp-${step}`)),
    sectors: Object.fromEntries(SECTORS.map((sector) =>
      [sector, { fill: read(`s-${sector || "none"}`), line: read(`s-${sector || "none"}-line`) }])),
  };
}

// The layout is stretched to the window, by at most this much more one way than the other.
const STRETCH = 2.5;

function placeNodes() {
  const frame = byId("canvas").getBoundingClientRect();
  const xs = drawing.nodes.map((node) => node.x);
  const ys = drawing.nodes.map((node) => node.y);
  const [left, right, top, bottom] = [...bounds(xs), ...bounds(ys)];
  // Room for names around the outermost actors, or for the blocks of territories.
  const { side, above, below } = regions.size ? drawing.block : { side: 0, above: 0, below: 0 };
  const roomX = Math.max(frame.width - (regions.size ? 20 : narrow() ? 60 : 130), 200);
  const roomY = Math.max(frame.height - (regions.size ? 20 : narrow() ? 80 : 100), 160);
  let kx = roomX / Math.max(right - left + 2 * side, 1);
  let ky = roomY / Math.max(bottom - top + above + below, 1);
  kx = Math.min(kx, ky * STRETCH, 2);
  ky = Math.min(ky, kx * STRETCH, 2);
  // As many actors in less room: smaller markers.
  const room = Math.sqrt((roomX * roomY) / Math.max(actors.length, 1));
  const small = Math.max(0.2, Math.min(1, room / 115));
  const grow = state.show.groups ? 0.7 : Math.max(0.26, small);
  // Members of an open community stand as close as on the whole map; brokers are seen from afar.
  const growOf = (id) => (state.show.groups && isActorId(id) && !actors[id].broker ? small : grow);
  drawing.nodes.forEach((node, index) => {
    place.set(node.id, {
      x: (xs[index] - (left + right) / 2) * kx,
      y: (ys[index] - (top - above + bottom + below) / 2) * ky - (regions.size ? 0 : 12),
      radius: (isActorId(node.id) ? radiusOf(sizeOf(node.id)) : RADIUS.dataset) * growOf(node.id),
    });
  });
  communities.forEach((members, index) => {
    const mean = (axis) => members.reduce((sum, n) => sum + place.get(n)[axis], 0) / members.length;
    // All communities together cover a seventh of the map.
    const radius = Math.max(8, Math.sqrt((roomX * roomY * members.length) / (7 * Math.PI * actors.length)));
    place.set(groupId(index), { x: mean("x"), y: mean("y"), radius });
  });
  pushApart(communities.map((_, index) => place.get(groupId(index))));
  Object.assign(place, { grow, kx, ky, width: frame.width, height: frame.height });
}

// Circles that overlap are moved apart, a little at a time.
function pushApart(circles) {
  for (let round = 0; round < 80; round += 1) {
    circles.forEach((a, index) => circles.slice(index + 1).forEach((b) => {
      const [dx, dy] = [b.x - a.x || 0.1, b.y - a.y || 0.1];
      const apart = Math.hypot(dx, dy);
      const push = (a.radius + b.radius + 10 - apart) / 2;
      if (push <= 0) return;
      [a.x, a.y] = [a.x - (dx / apart) * push * 0.5, a.y - (dy / apart) * push * 0.5];
      [b.x, b.y] = [b.x + (dx / apart) * push * 0.5, b.y + (dy / apart) * push * 0.5];
    }));
  }
}

// Spreading tens of thousands of numbers over the arguments of Math.min would overflow its stack.
const bounds = (values) => values.reduce(([low, high], value) =>
  [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);

const radiusOf = (size) => RADIUS.least + (RADIUS.most - RADIUS.least) * Math.max(0, Math.min(1, size || 0));

// ------------------------------------------------------------------ what is dimmed

const toPublic = (edge) => edge.flows.length > 0
  && edge.flows.every((index) => isPublic(flows[index]));

// From one territory to another.
const between = (edge) => isActorId(edge.from) && isActorId(edge.to)
  && actors[edge.from].territory !== actors[edge.to].territory;

// What the selection is about: everything else is dimmed. Null: nothing is.
function focusOf(selected) {
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
    view.nodes.forEach((id) => nodes.add(id));
    return { nodes, edges };
  }
  const about = aboutOf(selected);
  about.nodes.forEach((id) => nodes.add(id));
  edgesShown().forEach((edge) => { if (about.edge(edge)) take(edge); });
  return { nodes, edges };
}

const WANTED = ["wished", "blocked"];

// The nodes that a selection is, and whether it is about an edge.
function aboutOf(selected) {
  if (!selected) return { nodes: [], edge: (edge) => flowsShown(edge).some((index) => WANTED.includes(flows[index].status)) };
  const { kind: kindOf, key } = selected;
  const ends = (id) => (edge) => edge.from === id || edge.to === id;
  if (kindOf === "actor") {
    const own = new Set([...flowsOut[key], ...flowsIn[key]]);
    return { nodes: [key], edge: (edge) => ends(key)(edge) || edge.flows.some((index) => own.has(index)) };
  }
  if (kindOf === "dataset") return { nodes: [datasetId(key)], edge: ends(datasetId(key)) };
  if (kindOf === "community") {
    const inside = new Set(communities[key]);
    const touches = (id) => id === groupId(key) || inside.has(id);
    return { nodes: [groupId(key), ...inside], edge: (edge) => touches(edge.from) || touches(edge.to) };
  }
  if (kindOf === "edge") return { nodes: [], edge: (edge) => edge.id === key };
  const finding = findings[key];
  const flowsAbout = new Set(finding.flows.map((id) => flowIndex.get(id)));
  return {
    nodes: [...finding.actors, ...finding.datasets.map(datasetId)],
    edge: (edge) => edge.flows.some((index) => flowsAbout.has(index)),
  };
}

// ------------------------------------------------------------------ styles

function nodeStyle(node, focus) {
  const at = place.get(node.id);
  const dim = focus !== null && !focus.nodes.has(node.id);
  const base = { id: node.id, x: at.x, y: at.y, opacity: dim ? 0.22 : 1 };
  if (isGroupId(node.id)) {
    return {
      ...base, shape: "dot", size: at.radius, borderWidth: 2, borderWidthSelected: 3,
      color: nodeColour(colours.region, colours.soft),
    };
  }
  if (isDatasetId(node.id)) {
    return {
      ...base, shape: "square", size: at.radius, borderWidth: 1.2, borderWidthSelected: 2.4,
      color: nodeColour(colours.ground, colours.soft),
    };
  }
  const actor = actors[node.id];
  const tint = tintOf(actor);
  const shape = SHAPES[sectorOf(actor)];
  return {
    ...base, shape, size: at.radius * (SCALE[shape] || 1),
    borderWidth: actor.outside ? 2.2 : 1.4, borderWidthSelected: 3,
    color: nodeColour(tint.fill, tint.line),
  };
}

// Shapes of the same size in vis-network differ in area: brought to look alike.
const SCALE = { square: 0.88, diamond: 1.15, triangle: 1.08, star: 1.2, hexagon: 1 };

function nodeColour(background, border) {
  const lit = { background, border: colours.accent };
  return { background, border, highlight: lit, hover: lit };
}

function edgeStyle(edge, focus) {
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
  const width = ((holds ? 0.8 : light ? 0.9 : 1.2) + (light ? 0.35 : 0.75) * Math.log2(count))
    * (lit ? 1 : 0.4 + 0.6 * thinness);
  // Inside an open community everything is as small as its members.
  const inside = state.show.groups && isActorId(edge.from) && isActorId(edge.to) ? 0.3 : 1;
  const arrow = (inside * Math.max(0.36, 0.5 * place.grow)) / Math.max(1, width / 2.4);
  return {
    id: edge.id, from: edge.from, to: edge.to, width: Math.min(width, 7) * inside,
    dashes: holds ? [1, 3] : dashesOf(edge.status),
    color: { color: base, highlight: base, hover: colours.accent, opacity },
    arrows: {
      to: { enabled: !holds, scaleFactor: arrow },
      middle: { enabled: blocked, type: "bar", scaleFactor: 0.6 },
    },
    smooth: { enabled: true, type: "curvedCW", roundness: bend(edge) },
    selectionWidth: 1, hoverWidth: 0.6,
  };
}

// Flows of several statuses between the same two ends bend apart.
const bends = new Map();
drawing.edges.forEach((edge) => {
  const ends = `${edge.from}>${edge.to}>${edge.layer}`;
  bends.set(ends, (bends.get(ends) || 0) + 1);
  bends.set(edge.id, bends.get(ends));
});
const bend = (edge) => (edge.layer === "holds" ? 0 : 0.1 + 0.13 * ((bends.get(edge.id) || 1) - 1));

// A point on an edge as vis-network draws "curvedCW", from 0 at its start to 1 at its end.
function along(edge, t) {
  const [a, b] = [place.get(edge.from), place.get(edge.to)];
  const turn = 0.5 + 0.5 * bend(edge);
  const angle = Math.atan2(a.y - b.y, b.x - a.x) + turn * Math.PI;
  const reach = turn * Math.hypot(b.x - a.x, b.y - a.y);
  const via = { x: a.x + reach * Math.sin(angle), y: a.y + reach * Math.cos(angle) };
  const at = (axis) => (1 - t) ** 2 * a[axis] + 2 * t * (1 - t) * via[axis] + t ** 2 * b[axis];
  return { x: at("x"), y: at("y") };
}

let focus = null;

// Brings what vis-network holds to what is to be shown; it never holds what is hidden.
function restyle() {
  refreshView();
  focus = focusOf(state.selected);
  update(visNodes, nodeIds().map((id) => nodeStyle({ id }, focus)));
  update(visEdges, edgesShown().map((edge) => edgeStyle(edge, focus)));
  takeMoves();
  forgetLabels();
  network.redraw();
  renderReading();
  renderMaturity();
  if (state.reading === "table") renderViews();
}

function update(held, wanted) {
  const ids = new Set(wanted.map(({ id }) => id));
  const gone = held.getIds().filter((id) => !ids.has(id));
  if (gone.length) held.remove(gone);
  held.update(wanted);
}

// ------------------------------------------------------------------ the network

const HEAVY = 1500; // from so many marks and lines on, the map is moved as a picture

// Who moves the map: vis-network, or pan.js if it is heavy.
let moved = null;
const heavy = () => view.nodes.size + view.edges.size > HEAVY;

function draw() {
  moved = heavy();
  visNodes = new vis.DataSet(nodeIds().map((id) => nodeStyle({ id }, null)));
  visEdges = new vis.DataSet(edgesShown().map((edge) => edgeStyle(edge, null)));
  network = new vis.Network(byId("canvas"), { nodes: visNodes, edges: visEdges }, {
    physics: false,
    layout: { improvedLayout: false, randomSeed: 1 },
    nodes: { font: { size: 0 }, labelHighlightBold: false },
    edges: { chosen: false, arrowStrikethrough: false, endPointOffset: { to: 2 } },
    interaction: {
      hover: true, dragNodes: false, multiselect: false, selectConnectedEdges: false,
      hoverConnectedEdges: false, keyboard: false, tooltipDelay: 1e9, dragView: !moved, zoomView: !moved,
    },
  });
  network.on("beforeDrawing", (context) => onScreen(context, drawGround));
  network.on("afterDrawing", (context) => onScreen(context, drawOver));
  nameCanvas();
  wholeMap(false);
}

function takeMoves() {
  if (moved === heavy()) return;
  moved = heavy();
  network.setOptions({ interaction: { dragView: !moved, zoomView: !moved } });
}

// Paints in pixels of the page, whatever the zoom.
function onScreen(context, paint) {
  const canvas = context.canvas;
  const ratio = canvas.width / Math.max(canvas.clientWidth, 1);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint(context);
  context.restore();
}

function screen(id) {
  const at = place.get(id);
  const { x, y } = network.canvasToDOM({ x: at.x, y: at.y });
  return { x, y, radius: at.radius * network.getScale() };
}

const animation = () => (calm() ? false : { duration: 450, easingFunction: "easeInOutQuad" });

function wholeMap(animated = true) {
  state.at = null;
  network.moveTo({ position: { x: 0, y: 0 }, scale: 1, animation: animated ? animation() : false });
}

function zoomBy(factor) {
  const scale = Math.max(0.2, Math.min(12, network.getScale() * factor));
  moveTo({ scale, animation: animation() });
}

// Moved by hand: the address remembers where to.
function moveTo(options) {
  network.moveTo(options);
  const { x, y } = options.position || network.getViewPosition();
  noteView(x, y, options.scale || network.getScale());
}

function noteView(x, y, scale) {
  const short = (value) => Math.round(value * 100) / 100;
  state.at = { x: short(x / place.kx), y: short(y / place.ky), scale: short(scale) };
  remember();
}

function returnTo({ x, y, scale }) {
  network.moveTo({ position: { x: x * place.kx, y: y * place.ky }, scale, animation: false });
}

function flyTo(ids) {
  const shown = ids.filter((id) => nodeShown(id)).map((id) => place.get(id));
  if (!shown.length) return;
  const [[left, right], [top, bottom]] = ["x", "y"].map((axis) => bounds(shown.map((at) => at[axis])));
  const frame = byId("canvas").getBoundingClientRect();
  // Room for names around the outermost.
  const width = Math.max(right - left, 1);
  const height = Math.max(bottom - top, 1);
  const most = Math.min((frame.width - 150) / width, (frame.height - 130) / height);
  const close = state.show.groups ? 9 : view.nodes.size > 600 ? 5 : view.nodes.size > 120 ? 2 : 1.35;
  const scale = ids.length > 1 ? Math.min(most, close) : Math.max(network.getScale(), close);
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
  // On a phone the sheet covers the lower part of the drawing.
  if (narrow()) {
    const seen = Math.min(frame.bottom, byId("panel").getBoundingClientRect().top) - frame.top;
    position.y += (frame.height - Math.max(seen, 80)) / 2 / scale;
  }
  state.at = null;
  network.moveTo({ position, scale, animation: animation() });
}
