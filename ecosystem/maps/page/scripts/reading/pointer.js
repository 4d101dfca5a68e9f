// The mouse over the map: what is under it is told, a click selects it.

import { isDatasetId, isGroupId, numberOf } from "../data/ids.js";
import { chosen } from "../data/signals.js";
import { state } from "../data/state.js";
import { noteView } from "../drawing/camera.js";
import { network } from "../drawing/canvas.js";
import { forgetLabels, labelAt } from "../drawing/labels.js";
import { byId } from "../elements.js";
import { edgeOf } from "../view/view.js";
import { edgeTip, hideTooltip, moveTooltip, nodeTip, showTooltip } from "./tooltip.js";

export function followPointer() {
  byId("frame").addEventListener(
    "pointermove",
    (event) => {
      const box = byId("frame").getBoundingClientRect();
      moveTooltip(event.clientX - box.left, event.clientY - box.top);
    },
    true,
  );
  byId("frame").addEventListener("pointerleave", hideTooltip);
  network.on("hoverNode", ({ node }) => {
    state.hovered = node;
    forgetLabels();
    showTooltip(nodeTip(node));
  });
  network.on("blurNode", () => {
    state.hovered = null;
    forgetLabels();
    hideTooltip();
  });
  network.on("hoverEdge", ({ edge }) => showTooltip(edgeTip(edgeOf(edge))));
  network.on("blurEdge", hideTooltip);
  network.on("dragStart", hideTooltip);
  const moved = () => noteView(network.getViewPosition().x, network.getViewPosition().y, network.getScale());
  network.on("dragEnd", moved);
  network.on("zoom", moved);
  // vis-network takes a long press for a click, and a slow machine takes a drag for a long press.
  let down = false;
  window.addEventListener(
    "pointerdown",
    () => {
      down = true;
    },
    true,
  );
  for (const end of ["pointerup", "pointercancel"])
    window.addEventListener(
      end,
      () => {
        down = false;
      },
      true,
    );
  network.on("click", ({ nodes, edges, pointer }) => {
    if (down) return;
    const id = nodes.length ? nodes[0] : labelAt(pointer.DOM);
    if (id !== null && id !== undefined) {
      chosen.tell(thing(id), { read: false });
    } else if (edges.length) {
      chosen.tell({ kind: "edge", key: edges[0] }, { read: false });
    } else if (state.selected) {
      chosen.tell(null);
    }
  });
}

function thing(id) {
  if (isDatasetId(id)) return { kind: "dataset", key: numberOf(id) };
  return isGroupId(id) ? { kind: "community", key: numberOf(id) } : { kind: "actor", key: id };
}
