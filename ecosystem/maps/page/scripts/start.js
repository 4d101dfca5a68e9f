// The start: who listens to whom, and what the page listens to.

import * as signals from "./data/signals.js";
import { state } from "./data/state.js";
import { drawBadges } from "./drawing/badges.js";
import { moveTo, returnTo, wholeMap, zoomBy } from "./drawing/camera.js";
import { draw, network, restyle } from "./drawing/canvas.js";
import { readColours } from "./drawing/colours.js";
import { drawGround } from "./drawing/ground.js";
import { drawLabels, forgetLabels, forgetNames } from "./drawing/labels.js";
import { moveAsPicture } from "./drawing/pan.js";
import { placeNodes, sheet } from "./drawing/places.js";
import { byId } from "./elements.js";
import { hook } from "./hook.js";
import { renderHeading } from "./reading/heading.js";
import { renderLegend } from "./reading/legend.js";
import { renderMaturity } from "./reading/maturity.js";
import { renderReading } from "./reading/overview.js";
import { renderPanel } from "./reading/panel.js";
import { followPointer } from "./reading/pointer.js";
import { renderSearch } from "./reading/search.js";
import { openCommunity, select } from "./reading/selection.js";
import { hideTooltip } from "./reading/tooltip.js";
import { renderViews, visitTerritory } from "./reading/views.js";
import { recall, remember } from "./view/history.js";
import { refreshView } from "./view/view.js";

signals.chosen.listen(select);
signals.visited.listen(visitTerritory);
signals.opened.listen(openCommunity);
signals.spoken.listen(speak);
signals.restyled.listen(() => {
  forgetLabels();
  renderReading();
  renderMaturity();
  if (state.reading === "table") renderViews();
});

function render() {
  renderHeading();
  renderLegend();
  renderSearch();
  renderViews();
  renderPanel();
  renderReading();
}

function speak(language) {
  state.language = language;
  hideTooltip();
  render();
  byId("languages").querySelector(`[lang=${language}]`).focus();
  forgetNames();
  network.redraw();
  remember();
}

// The window has another size: the drawing is stretched to it again.
function refit() {
  network.redraw();
  placeNodes();
  restyle();
  const { at } = state;
  if (at) returnTo(at);
  else wholeMap(false);
}

// What an address says: the selection, and where one had moved to.
function restore({ selected, at, reading }) {
  select(selected, { fly: !at, read: false });
  Object.assign(state, { at, reading });
  if (at) returnTo(at);
  renderHeading();
  renderViews();
  remember();
}

function start() {
  byId("page").hidden = false;
  recall();
  readColours();
  refreshView();
  render();
  // The legend is as high as it will be: now the map knows its room, and the legend its sizes.
  placeNodes();
  renderLegend();
  const asked = { ...state };
  draw({
    under: drawGround,
    over(context) {
      drawBadges(context);
      drawLabels(context);
    },
  });
  wholeMap(false);
  followPointer();
  moveAsPicture({ started: hideTooltip });
  if (byId("canvas").clientHeight !== Math.round(sheet.height)) refit();
  state.at = asked.at;
  if (asked.selected) restore(asked);
  else if (asked.at) returnTo(asked.at);
  followKeys();
  followWindow();
  window.ecosystem = hook;
}

function followKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input");
    if (event.key === "Escape" && state.selected) select(null);
    if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("query").focus();
    }
  });
  const steps = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
  const acts = {
    "+": () => zoomBy(1.4),
    "=": () => zoomBy(1.4),
    "-": () => zoomBy(1 / 1.4),
    0: () => {
      wholeMap();
      remember();
    },
  };
  byId("canvas").addEventListener("keydown", (event) => {
    if (steps[event.key]) {
      const { x, y } = network.getViewPosition();
      const [right, down] = steps[event.key].map((step) => step / network.getScale());
      moveTo({ position: { x: x + right, y: y + down } });
    } else if (acts[event.key]) acts[event.key]();
    else return;
    event.preventDefault();
  });
}

function followWindow() {
  const repaint = () => {
    readColours();
    restyle();
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  // Another address was given to the same page.
  window.addEventListener("hashchange", () => {
    recall();
    const asked = { ...state };
    placeNodes();
    render();
    restore(asked);
    if (!asked.selected && !asked.at) wholeMap(false);
  });
  window.addEventListener("beforeprint", () => {
    document.documentElement.classList.add("on-paper");
    repaint();
    byId("printed").src = byId("canvas").querySelector("canvas").toDataURL();
  });
  window.addEventListener("afterprint", () => {
    document.documentElement.classList.remove("on-paper");
    repaint();
  });
  let waiting = null;
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (Math.abs(window.innerWidth - width) < 40) return;
      width = window.innerWidth;
      refit();
    }, 200);
  });
}

start();
