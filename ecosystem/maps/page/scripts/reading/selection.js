// The selection: what is selected is in sight, in focus and in the panel.

import { communities } from "../data/communities.js";
import { actors, regions } from "../data/content.js";
import { isDatasetId, isGroupId, numberOf } from "../data/ids.js";
import { state } from "../data/state.js";
import { flyTo, wholeMap } from "../drawing/camera.js";
import { network, restyle } from "../drawing/canvas.js";
import { byId, narrow } from "../elements.js";
import { focusOf, selectedNode } from "../view/focus.js";
import { remember } from "../view/history.js";
import { nodeShown, reveal } from "../view/view.js";
import { renderLegend } from "./legend.js";
import { renderReading } from "./overview.js";
import { openSheet, renderPanel } from "./panel.js";
import { hideTooltip } from "./tooltip.js";
import { renderViews } from "./views.js";

export function select(selected, { fly = false, read = true } = {}) {
  state.selected = selected;
  if (!selected) state.steps = 0;
  if (state.reading === "compare") state.reading = "map";
  reveal(selected);
  hideTooltip();
  restyle();
  renderLegend();
  if (state.reading === "map") renderViews();
  renderPanel();
  renderReading();
  if (!selected) openSheet(false);
  const ids = selected === null ? [] : focusNodes(selected);
  if (fly && ids.length) flyTo(ids);
  network.unselectAll();
  if (selectedNode() !== null) network.selectNodes([selectedNode()], false);
  if (read && selected) byId("panel").focus({ preventScroll: true });
  remember();
}

// What to bring into view: an actor with those it shares with, as far as they fit.
function focusNodes(selected) {
  const nodes = [...focusOf(selected).nodes].filter(nodeShown);
  if (selected.kind === "community") {
    return nodes.filter((id) => (isGroupId(id) ? numberOf(id) : actors[id].community) === selected.key);
  }
  if (selected.kind !== "actor") return nodes;
  if (narrow()) return [selected.key];
  const { territory } = actors[selected.key];
  return regions.size ? nodes.filter((id) => !isDatasetId(id) && actors[id].territory === territory) : nodes;
}

export function openCommunity(index, open) {
  if (open) state.opened.add(index);
  else state.opened.delete(index);
  restyle();
  renderPanel();
  if (open) flyTo(communities[index]);
  else wholeMap();
  remember();
  byId("open-community").focus();
}
