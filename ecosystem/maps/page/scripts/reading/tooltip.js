// What is said beside the mouse, of an actor, a dataset, a community or a line.

import { actors, datasets, flows, flowsIn, flowsOut, model, talkMark, talksOf } from "../data/content.js";
import { isDatasetId, isGroupId, numberOf } from "../data/ids.js";
import { code, communityName, defined, nodeName, say, territoryName, word } from "../data/words.js";
import { byId, element, narrow } from "../elements.js";
import { measuresTold } from "../view/measures.js";
import { flowsShown } from "../view/view.js";
import { badgeIcon } from "./icons.js";
import { statusMark } from "./pieces.js";

const mouse = { x: 0, y: 0 };

export function moveTooltip(x, y) {
  Object.assign(mouse, { x, y });
  placeTooltip();
}

function placeTooltip() {
  const tip = byId("tooltip");
  if (tip.hidden) return;
  const { width, height } = byId("frame").getBoundingClientRect();
  const { x, y } = mouse;
  const above = y + 18 + tip.offsetHeight > height;
  tip.style.left = `${Math.max(4, Math.min(x + 14, width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${above ? Math.max(4, y - tip.offsetHeight - 12) : y + 18}px`;
}

export function showTooltip(children) {
  const tip = byId("tooltip");
  tip.replaceChildren(...children.flat().filter(Boolean));
  tip.hidden = narrow();
  placeTooltip();
  byId("canvas").classList.add("pointing");
}

export function hideTooltip() {
  byId("tooltip").hidden = true;
  byId("tooltip").replaceChildren();
  byId("canvas").classList.remove("pointing");
}

// Where it was read: the title of the first source, and how many more there are.
function sourceTip(ids) {
  const known = [...new Set(ids)].filter((id) => id && Object.hasOwn(model.sources, id));
  if (!known.length) return null;
  const more = known.length > 1 ? ` (+${known.length - 1})` : "";
  return element("span", { class: "soft" }, defined(word("source"), model.sources[known[0]].title) + more);
}

function actorTip(actor) {
  return [
    element("strong", {}, actor.name),
    element(
      "span",
      { class: "soft" },
      [code("type", actor.type), code("sector", actor.sector), territoryName(actor.territory)]
        .filter(Boolean)
        .join(" · "),
    ),
    element(
      "span",
      {},
      `${flowsOut[actor.n].length} ${word("flows_out")}, ${flowsIn[actor.n].length} ${word("flows_in")}`,
    ),
    ...measuresTold(actor.n).map(([term, value]) => element("span", {}, defined(term, value))),
    actor.broker ? element("span", {}, badgeIcon("broker", String(actor.broker.rank)), say(actor.broker.text)) : null,
    talksOf[actor.n].length
      ? element("span", {}, badgeIcon("gap", talkMark(actor) || "?"), `${word("talks")} (${talksOf[actor.n].length})`)
      : null,
    sourceTip([actor.source]),
  ];
}

function datasetTip(dataset) {
  return [
    element("strong", {}, dataset.title),
    element(
      "span",
      { class: "soft" },
      [
        dataset.holder === null ? "" : actors[dataset.holder].name,
        code("access", dataset.access),
        code("theme", dataset.theme),
      ]
        .filter(Boolean)
        .join(" · "),
    ),
    sourceTip([dataset.source]),
  ];
}

const communityTip = (index) => [
  element("strong", {}, communityName(index)),
  element("span", { class: "soft" }, word("click_to_open")),
];

export function edgeTip(edge) {
  const own = flowsShown(edge);
  const titles = [...new Set(own.map((index) => flows[index].dataset))].map((n) =>
    n === null ? word("no_dataset") : datasets[n].title,
  );
  const shown = titles.slice(0, 5);
  return [
    element("strong", {}, `${nodeName(edge.from)} → ${nodeName(edge.to)}`),
    edge.layer === "holds"
      ? element("span", { class: "soft" }, word("holds"))
      : element(
          "span",
          { class: "flow-ends" },
          statusMark(edge.status),
          element("span", { class: "soft" }, ` × ${own.length}`),
        ),
    edge.layer === "actors" ? shown.map((title) => element("span", {}, `– ${title}`)) : null,
    titles.length > shown.length
      ? element("span", { class: "soft" }, word("more", { count: titles.length - shown.length }))
      : null,
    sourceTip(own.map((index) => flows[index].source)),
  ];
}

export function nodeTip(id) {
  if (isDatasetId(id)) return datasetTip(datasets[numberOf(id)]);
  return isGroupId(id) ? communityTip(numberOf(id)) : actorTip(actors[id]);
}
