// The map to programs: what it shows just now, as `window.ecosystem`.

import { actors } from "./data/content.js";
import { isActorId, isGroupId, numberOf } from "./data/ids.js";
import { state } from "./data/state.js";
import { nodeName } from "./data/words.js";
import { network, onPage, styleOf } from "./drawing/canvas.js";
import { labels } from "./drawing/labels.js";
import { byId } from "./elements.js";
import { focus } from "./view/focus.js";
import { named } from "./view/history.js";
import { nodesShown, view } from "./view/view.js";

const numberNamed = (id) => actors.findIndex((actor) => actor.id === id);

export const hook = Object.freeze({
  get language() {
    return state.language;
  },
  get selected() {
    return state.selected && named(state.selected);
  },
  get nodes() {
    return view.nodes.size;
  },
  get edges() {
    return view.edges.size;
  },
  get shown() {
    return nodesShown()
      .filter(isActorId)
      .map((n) => actors[n].id);
  },
  get dimmed() {
    return focus === null ? 0 : nodesShown().filter((id) => !focus.nodes.has(id)).length;
  },
  get communities() {
    return nodesShown().filter(isGroupId).map(numberOf);
  },
  get counts() {
    return labels ? labels.counts.map(({ text }) => text) : [];
  },
  style(id) {
    const { size, color } = styleOf(numberNamed(id));
    return { size, fill: color.background };
  },
  get labels() {
    return labels ? labels.boxes.map((box) => nodeName(box.id)) : [];
  },
  get boxes() {
    return labels ? labels.boxes.map(({ left, top, right, bottom }) => ({ left, top, right, bottom })) : [];
  },
  get scale() {
    return network.getScale();
  },
  position(id) {
    const n = numberNamed(id);
    if (n < 0) return null;
    const box = byId("canvas").getBoundingClientRect();
    const at = onPage(n);
    return { x: box.left + at.x, y: box.top + at.y };
  },
  ready: true,
});
