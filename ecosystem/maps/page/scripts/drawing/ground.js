// What is painted behind the map: the blocks of territories, and captions.

import { actors, drawing, isolates, regions } from "../data/content.js";
import { state } from "../data/state.js";
import { wrapped } from "../data/text.js";
import { territoryName, word } from "../data/words.js";
import { narrow } from "../elements.js";
import { nodeShown } from "../view/view.js";
import { network, originOnPage } from "./canvas.js";
import { colours } from "./colours.js";
import { bounds, extent } from "./geometry.js";
import { sheet, spots } from "./places.js";

const LINE = 15; // of a caption

const lonely = () => isolates.filter(nodeShown);

function extentOf(ids, scale) {
  const box = extent(ids.map((id) => spots.get(id)));
  return Object.fromEntries(Object.entries(box).map(([side, value]) => [side, value * scale]));
}

// Captions as boxes around the middle of the map: [{lines, left, top, right, bottom}].
export function captions(context, scale) {
  const caption = (lines, left, top) => {
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    return { lines, left, top, right: left + width, bottom: top + LINE * lines.length, own: lines[0] };
  };
  context.font = captionFont();
  if (regions.size) {
    return [...regions].map(([territory, members]) => {
      const box = block(members, scale);
      const room = box.right - box.left - 20;
      const fits = (line) => context.measureText(line).width <= room;
      return caption(wrapped(territoryName(territory), { most: narrow() ? 1 : 2, fits }), box.left + 11, box.top + 8);
    });
  }
  if (!lonely().length || isolates.length === actors.length || state.show.groups) return [];
  const box = extentOf(lonely(), scale);
  const widest = bounds(lonely().map((id) => spots.get(id).radius))[1] * scale;
  const left = Math.max(box.left - widest - 40, (14 - sheet.width / 2) * scale);
  // A rule goes on from the caption to here.
  const rule = Math.min(box.right + 40, (sheet.width / 2 - 14) * scale);
  return [{ ...caption([word("no_flow")], left, box.top - widest - 30), rule }];
}

// The block that the layout kept for a territory.
export function block(members, scale) {
  const box = extentOf(members, scale);
  const { side, above, below } = drawing.block;
  return {
    left: box.left - side * sheet.kx * scale,
    right: box.right + side * sheet.kx * scale,
    top: box.top - above * sheet.ky * scale,
    bottom: box.bottom + below * sheet.ky * scale,
  };
}

const captionFont = () => `600 12px ${colours.text}`;

export function drawGround(context) {
  const scale = network.getScale();
  const origin = originOnPage();
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
    box.lines.forEach((line, index) => {
      context.fillText(line, origin.x + box.left, origin.y + box.top + LINE * index);
    });
    if (box.rule) {
      context.fillStyle = colours.edge;
      context.fillRect(origin.x + box.right + 10, origin.y + box.top + 7, Math.max(0, box.rule - box.right - 10), 1);
      context.fillStyle = colours.soft;
    }
  }
}
