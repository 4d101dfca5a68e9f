// The side panel: an overview when nothing is selected, the facts of what is selected otherwise.

import { chosen } from "../data/signals.js";
import { state } from "../data/state.js";
import { word } from "../data/words.js";
import { flyTo, wholeMap } from "../drawing/camera.js";
import { restyle } from "../drawing/canvas.js";
import { byId, element, narrow } from "../elements.js";
import { remember } from "../view/history.js";
import { nodesShown } from "../view/view.js";
import { CARDS } from "./cards.js";
import { overview } from "./overview.js";

export function renderPanel() {
  const panel = byId("panel");
  const { selected } = state;
  panel.replaceChildren(
    element("button", { class: "sheet-handle", type: "button", onclick: () => openSheet() }),
    selected
      ? element(
          "div",
          { class: "panel-bar" },
          element(
            "button",
            { class: "quiet", type: "button", onclick: () => chosen.tell(null) },
            element("span", { "aria-hidden": "true" }, "← "),
            word("back"),
          ),
          stepsChoice(),
        )
      : "",
    element("div", { class: "panel-body" }, selected ? CARDS[selected.kind](selected.key) : overview()),
  );
  panel.scrollTop = 0;
  openSheet(selected ? true : !narrow() || sheetOpen());
}

// Only what is so many steps away from the selection, or everything.
function stepsChoice() {
  return element(
    "div",
    { class: "steps", role: "group", "aria-label": word("steps") },
    element("span", { class: "soft", "aria-hidden": "true" }, word("steps")),
    [0, 1, 2, 3].map((count) =>
      element(
        "button",
        {
          type: "button",
          "aria-pressed": String(state.steps === count),
          "data-steps": count,
          "aria-label": count ? word("steps_shown", { count }) : word("steps_all"),
          onclick: () => {
            state.steps = count;
            restyle();
            renderSteps();
            if (count) flyTo(nodesShown());
            else wholeMap();
            remember();
          },
        },
        count ? String(count) : word("all"),
      ),
    ),
  );
}

function renderSteps() {
  for (const button of byId("panel").querySelectorAll(".steps button")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.steps) === state.steps));
  }
}

// On a phone the panel is a sheet at the bottom, folded until something is to be read.
const sheetOpen = () => document.body.classList.contains("sheet-open");

export function openSheet(open = !sheetOpen()) {
  document.body.classList.toggle("sheet-open", open);
  const handle = byId("panel").querySelector(".sheet-handle");
  handle.setAttribute("aria-expanded", String(open));
  handle.textContent = word(open ? "close_panel" : "open_panel");
}
