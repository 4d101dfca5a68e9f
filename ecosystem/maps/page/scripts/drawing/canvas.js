// The drawing: vis-network with positions given, holding what is shown and never what is hidden.

import { restyled } from "../data/signals.js";
import { word } from "../data/words.js";
import { byId } from "../elements.js";
import { focus, refocus } from "../view/focus.js";
import { edgesShown, nodesShown, refreshView, view } from "../view/view.js";
import { spots } from "./places.js";
import { edgeStyle, nodeStyle } from "./styles.js";

const HEAVY = 1500; // from so many marks and lines on, the map is moved as a picture

export let network = null;
let nodes = null;
let edges = null;
let asPicture = null; // who moves the map: vis-network, or pan.js if it is heavy

export const heavy = () => view.nodes.size + view.edges.size > HEAVY;

// Draws the map; `under` and `over` paint below and above it, in pixels of the page.
export function draw({ under, over }) {
  asPicture = heavy();
  nodes = new vis.DataSet(nodesShown().map((id) => nodeStyle(id, null)));
  edges = new vis.DataSet(edgesShown().map((edge) => edgeStyle(edge, null)));
  network = new vis.Network(
    byId("canvas"),
    { nodes, edges },
    {
      physics: false,
      layout: { improvedLayout: false, randomSeed: 1 },
      nodes: { font: { size: 0 }, labelHighlightBold: false },
      edges: { chosen: false, arrowStrikethrough: false, endPointOffset: { to: 2 } },
      interaction: {
        hover: true,
        dragNodes: false,
        multiselect: false,
        selectConnectedEdges: false,
        hoverConnectedEdges: false,
        keyboard: false,
        tooltipDelay: 1e9,
        dragView: !asPicture,
        zoomView: !asPicture,
      },
    },
  );
  network.on("beforeDrawing", (context) => onScreen(context, under));
  network.on("afterDrawing", (context) => onScreen(context, over));
  nameCanvas();
}

// vis-network makes the element that takes the keyboard.
export function nameCanvas() {
  const taker = byId("canvas").querySelector(".vis-network");
  if (!taker) return;
  taker.setAttribute("role", "group");
  taker.setAttribute("aria-label", word("map"));
}

// Brings what vis-network holds to what is to be shown.
export function restyle() {
  refreshView();
  refocus();
  update(
    nodes,
    nodesShown().map((id) => nodeStyle(id, focus)),
  );
  update(
    edges,
    edgesShown().map((edge) => edgeStyle(edge, focus)),
  );
  takeMoves();
  restyled.tell();
  network.redraw();
}

function update(held, wanted) {
  const ids = new Set(wanted.map(({ id }) => id));
  const gone = held.getIds().filter((id) => !ids.has(id));
  if (gone.length) held.remove(gone);
  held.update(wanted);
}

function takeMoves() {
  if (asPicture === heavy()) return;
  asPicture = heavy();
  network.setOptions({ interaction: { dragView: !asPicture, zoomView: !asPicture } });
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

// Where a node is in the canvas, in pixels of the page.
export function onPage(id) {
  const at = spots.get(id);
  const { x, y } = network.canvasToDOM({ x: at.x, y: at.y });
  return { x, y, radius: at.radius * network.getScale() };
}

// Where the middle of the map is.
export const originOnPage = () => network.canvasToDOM({ x: 0, y: 0 });

// How vis-network was told to draw a node.
export const styleOf = (id) => nodes.get(id);
