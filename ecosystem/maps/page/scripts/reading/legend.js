// The legend: what each mark means, and a switch to hide or show it.

import { SECTORS, STATUSES, WANTED } from "../data/codes.js";
import { canGroup, mustGroup } from "../data/communities.js";
import { actors, flows, maturity } from "../data/content.js";
import { byCount } from "../data/filters.js";
import { FILTERS, state } from "../data/state.js";
import { valueName, word } from "../data/words.js";
import { restyle } from "../drawing/canvas.js";
import { placeNodes } from "../drawing/places.js";
import { byId, element, narrow } from "../elements.js";
import { savePicture } from "../picture/save.js";
import { remember } from "../view/history.js";
import { byMeasure } from "../view/measures.js";
import { filtered } from "../view/view.js";
import { badgeIcon, levelIcon, lineIcon, shapeIcon, thicknessIcon } from "./icons.js";
import { renderMaturity } from "./maturity.js";
import { tool } from "./pieces.js";
import { scales, sizeScale } from "./scales.js";

// The filters that are folded.
const MORE = ["type", "territory", "theme", "access", "barrier"];

let legendOpen = null;
let moreOpen = false;

function chip(pressed, toggle, ...children) {
  return element(
    "button",
    {
      class: "chip",
      type: "button",
      "aria-pressed": String(pressed),
      onclick: (event) => {
        toggle();
        event.currentTarget.setAttribute(
          "aria-pressed",
          String(event.currentTarget.getAttribute("aria-pressed") !== "true"),
        );
        restyle();
        remember();
        showReset();
      },
    },
    ...children,
  );
}

const group = (title, ...children) =>
  element(
    "div",
    { class: "legend-group", role: "group", "aria-label": title },
    element("span", { class: "legend-title" }, title),
    element("div", { class: "chips" }, ...children),
  );

const tally = (value) => element("span", { class: "tally" }, String(value));

// The switches of a filter, one a value that occurs.
function switches(name, order, icon = () => "") {
  const hidden = state.without[name];
  const { tallies } = FILTERS[name];
  return order
    .filter((value) => tallies.has(value))
    .map((value) =>
      chip(
        !hidden.has(value),
        () => (hidden.has(value) ? hidden.delete(value) : hidden.add(value)),
        icon(value),
        valueName(name, value),
        tally(tallies.get(value)),
      ),
    );
}

export function renderLegend() {
  const overlay = (key, ...children) =>
    chip(
      state.show[key],
      () => {
        state.show[key] = !state.show[key];
      },
      ...children,
    );
  const has = (statuses) => flows.some((flow) => statuses.includes(flow.status));
  if (legendOpen === null) legendOpen = !narrow();
  byId("legend").replaceChildren(
    element(
      "details",
      {
        open: legendOpen,
        ontoggle: (event) => {
          legendOpen = event.currentTarget.open;
        },
      },
      element("summary", {}, word("legend")),
      element(
        "div",
        { class: "legend-body" },
        element(
          "div",
          { class: "legend-rows" },
          group(
            word("sector"),
            switches("sector", SECTORS, (sector) => shapeIcon(sector)),
            actors.some((actor) => actor.outside)
              ? element("span", { class: "key" }, shapeIcon("public", true), word("outside"))
              : "",
          ),
          group(
            word("status"),
            switches("status", STATUSES, lineIcon),
            element("span", { class: "key" }, thicknessIcon(), word("thickness")),
          ),
          group(
            word("show"),
            overlay("brokers", badgeIcon("broker", "1"), word("brokers")),
            overlay("talks", badgeIcon("gap", "1"), word("talks")),
            has(WANTED) ? overlay("wanted", lineIcon("wished"), word("wanted")) : "",
            overlay("datasets", shapeIcon("dataset"), word("datasets")),
            maturity.length ? overlay("maturity", levelIcon(3), word("maturity")) : "",
            actors.some((actor) => actor.public)
              ? overlay("publicFlows", lineIcon("public"), word("public_flows"))
              : "",
            canGroup && !mustGroup ? overlay("groups", shapeIcon("community"), word("communities")) : "",
          ),
          scales(
            chooseMeasure,
            moreFilters(),
            element(
              "div",
              { class: "save", role: "group", "aria-label": word("save") },
              tool("save_png", "PNG", () => savePicture("png")),
              tool("save_svg", "SVG", () => savePicture("svg")),
            ),
            element("button", { class: "quiet", id: "reset", type: "button", onclick: showAll }, word("reset")),
          ),
        ),
        state.size ? sizeScale() : "",
      ),
    ),
  );
  document.body.classList.toggle("by-measure", byMeasure());
  showReset();
  renderMaturity();
}

function chooseMeasure(part, value) {
  state[part] = value;
  placeNodes();
  restyle();
  renderLegend();
  byId(part === "size" ? "size-by" : "colour-by").focus();
  remember();
}

function moreFilters() {
  const titles = {
    type: word("type"),
    territory: word("territory"),
    theme: word("theme"),
    access: word("access"),
    barrier: word("barrier_of"),
  };
  const named = MORE.filter((name) => FILTERS[name].tallies.size > 1);
  if (!named.length) return "";
  return element(
    "details",
    {
      class: "more-filters",
      open: moreOpen,
      ontoggle: (event) => {
        moreOpen = event.currentTarget.open;
      },
    },
    element("summary", { class: "chip" }, word("more_filters"), element("span", { id: "active-filters" })),
    element(
      "div",
      { class: "filter-sheet" },
      named.map((name) => group(titles[name], switches(name, byCount(FILTERS[name].tallies)))),
    ),
  );
}

function showAll() {
  for (const hidden of Object.values(state.without)) hidden.clear();
  state.show.publicFlows = true;
  renderLegend();
  restyle();
  remember();
}

function showReset() {
  byId("reset").hidden = !filtered();
  const count = MORE.filter((name) => state.without[name].size).length;
  if (byId("active-filters")) byId("active-filters").textContent = count ? ` · ${count}` : "";
}
