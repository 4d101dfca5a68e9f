// The pieces that the panel is made of.

const section = (title, ...children) => element("section", {}, element("h3", {}, title), ...children);

const go = (kind, key, text, attributes = {}) => element("button", {
  class: "go", type: "button", ...attributes,
  onclick: () => select({ kind, key }, { fly: true }),
}, text);

const goActor = (n) => go("actor", n, actors[n].name);
const goDataset = (n) => go("dataset", n, datasets[n].title);

// [[term, definition], …] less those that say nothing.
function facts(pairs) {
  const told = pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return told.length ? element("dl", { class: "facts" }, told.map(([term, value]) =>
    element("div", {}, element("dt", {}, term), element("dd", {}, value)))) : "";
}

// A list of which the first few are shown and the rest opens on demand.
function shortList(items, render, { first = 6, ordered = false, name = "" } = {}) {
  const tag = ordered ? "ol" : "ul";
  const list = (some, start) => element(tag, { class: `plain-list ${name}`, start }, some.map((item) =>
    element("li", {}, render(item))));
  if (items.length <= first + 2) return list(items, null);
  return [list(items.slice(0, first), null), element("details", { class: "more" },
    element("summary", {}, word("more", { count: items.length - first })),
    list(items.slice(first), ordered ? first + 1 : null))];
}

const statusMark = (status) => element("span", { class: `status status-${status}` },
  lineIcon(status), code("status", status));

function flowLine(index, others) {
  const flow = flows[index];
  const details = [
    code("mode", flow.mode === "unknown" ? null : flow.mode),
    flow.barrier ? word("barrier", { barrier: code("barrier", flow.barrier) }) : "",
  ].filter(Boolean).join(", ");
  return [
    element("p", { class: "flow-head" },
      flow.dataset === null ? word("no_dataset") : goDataset(flow.dataset)),
    element("p", { class: "flow-ends" }, others.map((other) => [other, " "]), statusMark(flow.status),
      details ? element("span", { class: "soft" }, ` · ${details}`) : ""),
    flow.note ? element("p", { class: "soft" }, flow.note) : "",
  ];
}

const statusOrder = (a, b) =>
  STATUSES.indexOf(flows[a].status) - STATUSES.indexOf(flows[b].status) || a - b;

function needLine(need, withActor) {
  return [
    withActor ? element("p", { class: "flow-head" }, goActor(need.actor)) : "",
    element("p", {}, need.purpose || code("theme", need.theme)),
    element("p", { class: "flow-ends" },
      need.dataset !== null && !withActor ? [goDataset(need.dataset), " "] : "",
      need.met === null ? "" : element("span", { class: need.met ? "met" : "unmet" },
        word(need.met ? "need_met" : "need_unmet")),
      need.theme ? element("span", { class: "soft" }, ` · ${code("theme", need.theme)}`) : ""),
  ];
}

const findingLine = (index) => [
  findings[index].severity ? element("span", { class: `severity severity-${findings[index].severity}` },
    code("severity", findings[index].severity), " ") : "",
  go("finding", index, say(findings[index].sentence), { class: "go long" }),
];

function sourceList(ids) {
  const known = [...new Set(ids)].filter((id) => id && Object.hasOwn(model.sources, id));
  if (!known.length) return "";
  return section(word("sources"), sources(known));
}

const sources = (ids) => element("ul", { class: "plain-list sources" }, ids.map((id) => {
  const source = model.sources[id];
  const rest = [source.publisher, source.date].filter(Boolean).join(", ");
  return element("li", {}, link(source.url, source.title || id), rest ? element("span", { class: "soft" }, ` ${rest}`) : "");
}));

const kind = (icon, text) => element("p", { class: "kind" }, icon, text);
