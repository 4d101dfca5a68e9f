// Moving about the map; the address remembers where to.

import { state } from "../data/state.js";
import { byId, calm, narrow } from "../elements.js";
import { remember } from "../view/history.js";
import { nodeShown, view } from "../view/view.js";
import { network } from "./canvas.js";
import { extent } from "./geometry.js";
import { sheet, spots } from "./places.js";

const animation = () => (calm() ? false : { duration: 450, easingFunction: "easeInOutQuad" });

export function wholeMap(animated = true) {
  state.at = null;
  network.moveTo({ position: { x: 0, y: 0 }, scale: 1, animation: animated ? animation() : false });
}

export function zoomBy(factor) {
  const scale = Math.max(0.2, Math.min(12, network.getScale() * factor));
  moveTo({ scale, animation: animation() });
}

// Moved by hand.
export function moveTo(options) {
  network.moveTo(options);
  const { x, y } = options.position || network.getViewPosition();
  noteView(x, y, options.scale || network.getScale());
}

export function noteView(x, y, scale) {
  const short = (value) => Math.round(value * 100) / 100;
  state.at = { x: short(x / sheet.kx), y: short(y / sheet.ky), scale: short(scale) };
  remember();
}

export function returnTo({ x, y, scale }) {
  network.moveTo({ position: { x: x * sheet.kx, y: y * sheet.ky }, scale, animation: false });
}

export function flyTo(ids) {
  const shown = ids.filter(nodeShown).map((id) => spots.get(id));
  if (!shown.length) return;
  const { left, right, top, bottom } = extent(shown);
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
