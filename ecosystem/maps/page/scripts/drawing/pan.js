// Moving a large map: the picture of the canvas moves at once, the map is drawn again where it rests.

import { byId } from "../elements.js";
import { moveTo } from "./camera.js";
import { heavy, network } from "./canvas.js";

const REST = 140; // milliseconds without a move

// `started` is called when a drag begins.
export function moveAsPicture({ started }) {
  const box = byId("canvas");
  const canvas = () => box.querySelector("canvas");
  let held = null; // where the pointer went down
  let move = { x: 0, y: 0, scale: 1 };
  let waiting = null;

  const show = () => {
    canvas().style.transformOrigin = "0 0";
    canvas().style.transform = `translate(${move.x}px, ${move.y}px) scale(${move.scale})`;
  };
  const settle = () => {
    clearTimeout(waiting);
    waiting = null;
    const { x, y, scale } = move;
    if (x === 0 && y === 0 && scale === 1) return;
    move = { x: 0, y: 0, scale: 1 };
    const { width, height } = box.getBoundingClientRect();
    // The point that the picture brought to the middle.
    const middle = network.DOMtoCanvas({ x: (width / 2 - x) / scale, y: (height / 2 - y) / scale });
    moveTo({ position: middle, scale: network.getScale() * scale, animation: false });
    show();
    network.redraw();
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(settle, REST);
  };
  const inBox = (event) => {
    const { left, top } = box.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  box.addEventListener(
    "pointerdown",
    (event) => {
      if (!heavy() || event.button !== 0) return;
      held = { ...inBox(event), moved: false, start: { ...move } };
    },
    true,
  );
  window.addEventListener(
    "pointermove",
    (event) => {
      if (!held) return;
      const at = inBox(event);
      if (!held.moved && Math.hypot(at.x - held.x, at.y - held.y) < 4) return;
      if (!held.moved) started();
      held.moved = true;
      move.x = held.start.x + at.x - held.x;
      move.y = held.start.y + at.y - held.y;
      show();
    },
    true,
  );
  // Nothing is looked for under the mouse while it drags.
  box.addEventListener(
    "mousemove",
    (event) => {
      if (held?.moved) event.stopPropagation();
    },
    true,
  );
  const release = () => {
    if (held?.moved) settle();
    held = null;
  };
  window.addEventListener("pointerup", release, true);
  window.addEventListener("pointercancel", release, true);
  box.addEventListener(
    "wheel",
    (event) => {
      if (!heavy()) return;
      event.preventDefault();
      event.stopPropagation();
      const at = inBox(event);
      const factor = Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) / 400);
      const scale = move.scale * factor;
      if (network.getScale() * scale < 0.2 || network.getScale() * scale > 12) return;
      move = { x: at.x - (at.x - move.x) * factor, y: at.y - (at.y - move.y) * factor, scale };
      show();
      later();
    },
    { capture: true, passive: false },
  );
}
