// What is painted above vis-network's shapes: brokers and gaps.

import { actors, weighs } from "../data/content.js";
import { isActorId } from "../data/ids.js";
import { state } from "../data/state.js";
import { focus } from "../view/focus.js";
import { nodesShown, view } from "../view/view.js";
import { network, onPage } from "./canvas.js";
import { colours } from "./colours.js";
import { shapePath } from "./geometry.js";
import { sheet } from "./places.js";
import { nodeStyle } from "./styles.js";

export const CROWD = 600; // from so many marks on, seen from afar, only brokers say that they have a gap

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
    if (state.show.gaps && weighs(actor) && (actor.broker || (!crowded && (!state.show.groups || at.radius > 6)))) {
      const reach = (at.radius + (state.show.brokers && actor.broker ? 5 : 4)) * Math.SQRT1_2;
      badge(context, at.x - reach, at.y - reach, "!", colours.gap, colours.onGap);
    }
  }
  context.globalAlpha = 1;
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
  const radius = Math.max(text === "!" ? 3.5 : 6, Math.min(7, 7 * sheet.grow * network.getScale()));
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
