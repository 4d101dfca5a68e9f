// The map, the same as tables, or territories side by side.

import { actors } from "../data/content.js";
import { state } from "../data/state.js";
import { flyTo } from "../drawing/camera.js";
import { byId } from "../elements.js";
import { remember } from "../view/history.js";
import { nodeShown } from "../view/view.js";
import { compareView } from "./compare.js";
import { tableView } from "./tables.js";

export function read(name) {
  state.reading = name;
  renderViews();
  for (const button of byId("views").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
  }
  remember();
}

export function renderViews() {
  byId("frame").inert = state.reading !== "map";
  byId("zoom").hidden = state.reading !== "map";
  byId("stage").style.setProperty("--below-legend", `${byId("frame").offsetTop}px`);
  for (const [name, fill] of [
    ["table", tableView],
    ["compare", compareView],
  ]) {
    const box = byId(name);
    const { scrollTop } = box;
    box.hidden = state.reading !== name;
    box.replaceChildren(...(box.hidden ? [] : fill()));
    box.scrollTop = scrollTop;
  }
}

export function visitTerritory(territory) {
  read("map");
  flyTo(
    actors
      .filter((actor) => actor.territory === territory)
      .map((actor) => actor.n)
      .filter(nodeShown),
  );
}
