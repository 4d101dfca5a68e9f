// What is painted above vis-network's shapes: brokers, and the conversations to bring about.

import { actors, flowMark, talkMark } from "../data/content.js";
import { isActorId } from "../data/ids.js";
import { state } from "../data/state.js";
import { focus } from "../view/focus.js";
import { edgesShown, flowsShown, nodesShown, view } from "../view/view.js";
import { network, onPage } from "./canvas.js";
import { colours } from "./colours.js";
import { shapePath } from "./geometry.js";
import { along, sheet, spots } from "./places.js";
import { nodeStyle } from "./styles.js";

export const CROWD = 600; // from so many marks on, seen from afar, only brokers bear the number of a conversation

export function drawBadges(context) {
  const crowded = view.nodes.size > CROWD && network.getScale() < 2.5;
  for (const actor of nodesShown()
    .filter(isActorId)
    .map((n) => actors[n])) {
    const at = onPage(actor.n);
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
    const mark = talkMark(actor);
    if (state.show.talks && mark && (actor.broker || (!crowded && (!state.show.groups || at.radius > 6)))) {
      const reach = (at.radius + (state.show.brokers && actor.broker ? 5 : 4)) * Math.SQRT1_2;
      if (near() || focus?.nodes.has(actor.n)) {
        badge(context, at.x - reach, at.y - reach, mark, colours.gap, colours.onGap);
      } else dot(context, at.x - reach, at.y - reach);
    }
  }
  if (state.show.talks && !crowded) for (const at of flowMarks()) onFlow(context, at);
  context.globalAlpha = 1;
}

// Whether marks stand far enough apart for numbers; from afar, only what is in focus bears one.
export const near = () => 7 * sheet.grow * network.getScale() >= 5.5;

// Where the flows of conversations bear their numbers, in pixels of the page.
export function flowMarks() {
  return edgesShown().flatMap((edge) => {
    if (!near() && !focus?.edges.has(edge.id)) return [];
    const number = edge.layer === "holds" ? undefined : flowsShown(edge).map(flowMark).find(Boolean);
    if (number === undefined || !spots.has(edge.from) || !spots.has(edge.to)) return [];
    const { x, y } = network.canvasToDOM(along(edge, 0.5));
    return [{ x, y, text: String(number), faint: focus !== null && !focus.edges.has(edge.id) }];
  });
}

function onFlow(context, { x, y, text, faint }) {
  context.globalAlpha = faint ? 0.25 : 1;
  badge(context, x, y, text, colours.ground, colours.gap);
}

function dot(context, x, y) {
  context.beginPath();
  context.arc(x, y, 3.5, 0, 2 * Math.PI);
  context.fillStyle = colours.gap;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = colours.ground;
  context.stroke();
}

function paintAgain(context, n, at) {
  const { shape, size, color, borderWidth } = nodeStyle(n, null);
  const mark = new Path2D(shapePath(shape, at.x, at.y, size * network.getScale()));
  context.fillStyle = color.background;
  context.strokeStyle = color.border;
  context.lineWidth = borderWidth;
  context.fill(mark);
  context.stroke(mark);
}

function badge(context, x, y, text, ground, ink) {
  const radius = Math.max(6, Math.min(7, 7 * sheet.grow * network.getScale()));
  const wider = widerBy(text, radius);
  context.beginPath();
  context.roundRect(x - radius - wider, y - radius, 2 * (radius + wider), 2 * radius, radius);
  context.fillStyle = ground;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = ground === colours.ground ? ink : colours.ground;
  context.stroke();
  context.fillStyle = ink;
  context.font = `700 ${Math.round(radius * 1.45)}px ${colours.text}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
}

// How much wider than a circle, each way, the mark of a text is: one sign fits in one.
export const widerBy = (text, radius) => (text.length - 1) * radius * 0.4;
