// The pieces that the panel, the tables and the legend are made of.

import { STATUSES } from "../data/codes.js";
import { actors, conversations, datasets, findings, flows, model } from "../data/content.js";
import { isDatasetId, isGroupId, numberOf } from "../data/ids.js";
import { chosen } from "../data/signals.js";
import { code, nodeName, say, word } from "../data/words.js";
import { element, link } from "../elements.js";
import { lineIcon } from "./icons.js";

export const section = (title, ...children) => element("section", {}, element("h3", {}, title), ...children);

export const go = (kind, key, text, attributes = {}) =>
  element(
    "button",
    {
      class: "go",
      type: "button",
      ...attributes,
      onclick: () => chosen.tell({ kind, key }, { fly: true }),
    },
    text,
  );

export const goActor = (n) => go("actor", n, actors[n].name);
export const goDataset = (n) => go("dataset", n, datasets[n].title);

// [[term, definition], …] less those that say nothing.
export function facts(pairs) {
  const told = pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return told.length
    ? element(
        "dl",
        { class: "facts" },
        told.map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, value))),
      )
    : "";
}

// A list of which the first few are shown and the rest opens on demand.
export function shortList(items, render, { first = 6, ordered = false, name = "" } = {}) {
  const tag = ordered ? "ol" : "ul";
  const list = (some, start) =>
    element(
      tag,
      { class: `plain-list ${name}`, start },
      some.map((item) => element("li", {}, render(item))),
    );
  if (items.length <= first + 2) return list(items, null);
  return [
    list(items.slice(0, first), null),
    element(
      "details",
      { class: "more" },
      element("summary", {}, word("more", { count: items.length - first })),
      list(items.slice(first), ordered ? first + 1 : null),
    ),
  ];
}

export const statusMark = (status) =>
  element("span", { class: `status status-${status}` }, lineIcon(status), code("status", status));

export function flowLine(index, others) {
  const flow = flows[index];
  const details = [
    code("mode", flow.mode === "unknown" ? null : flow.mode),
    flow.barrier ? word("barrier", { barrier: code("barrier", flow.barrier) }) : "",
  ]
    .filter(Boolean)
    .join(", ");
  return [
    element("p", { class: "flow-head" }, flow.dataset === null ? word("no_dataset") : goDataset(flow.dataset)),
    element(
      "p",
      { class: "flow-ends" },
      others.map((other) => [other, " "]),
      statusMark(flow.status),
      details ? element("span", { class: "soft" }, ` · ${details}`) : "",
    ),
    flow.note ? element("p", { class: "soft" }, flow.note) : "",
  ];
}

export const statusOrder = (a, b) => STATUSES.indexOf(flows[a].status) - STATUSES.indexOf(flows[b].status) || a - b;

export function needLine(need, withActor) {
  return [
    withActor ? element("p", { class: "flow-head" }, goActor(need.actor)) : "",
    element("p", {}, need.purpose || code("theme", need.theme)),
    element(
      "p",
      { class: "flow-ends" },
      need.dataset !== null && !withActor ? [goDataset(need.dataset), " "] : "",
      need.met === null
        ? ""
        : element("span", { class: need.met ? "met" : "unmet" }, word(need.met ? "need_met" : "need_unmet")),
      need.theme ? element("span", { class: "soft" }, ` · ${code("theme", need.theme)}`) : "",
    ),
  ];
}

export const findingLine = (index) => [
  findings[index].severity
    ? element(
        "span",
        { class: `severity severity-${findings[index].severity}` },
        code("severity", findings[index].severity),
        " ",
      )
    : "",
  go("finding", index, say(findings[index].sentence), { class: "go long" }),
];

export const talkLine = (index) => [
  conversations[index].number === null
    ? ""
    : element("span", { class: "badge badge-gap", "aria-hidden": "true" }, String(conversations[index].number)),
  go("conversation", index, say(conversations[index].title), { class: "go long" }),
];

export function sourceList(ids) {
  const known = [...new Set(ids)].filter((id) => id && Object.hasOwn(model.sources, id));
  if (!known.length) return "";
  return section(word("sources"), sources(known));
}

export const sources = (ids) =>
  element(
    "ul",
    { class: "plain-list sources" },
    ids.map((id) => {
      const source = model.sources[id];
      const rest = [source.publisher, source.date].filter(Boolean).join(", ");
      return element(
        "li",
        {},
        link(source.url, source.title || id),
        rest ? element("span", { class: "soft" }, ` ${rest}`) : "",
      );
    }),
  );

// What kind of thing the panel is about.
export const kindLine = (icon, text) => element("p", { class: "kind" }, icon, text);

export function goNode(id) {
  if (isDatasetId(id)) return goDataset(numberOf(id));
  return isGroupId(id) ? go("community", numberOf(id), nodeName(id)) : goActor(id);
}

export const tool = (key, text, act) =>
  element(
    "button",
    {
      type: "button",
      title: word(key),
      "aria-label": word(key),
      onclick: act,
    },
    text,
  );
