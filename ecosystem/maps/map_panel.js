// The side panel: an overview when nothing is selected, the facts of what is selected otherwise.

function renderPanel() {
  const panel = byId("panel");
  const content = {
    actor: actorPanel, dataset: datasetPanel, edge: edgePanel, finding: findingPanel,
  };
  const selected = state.selected;
  panel.replaceChildren(
    element("button", { class: "sheet-handle", type: "button", onclick: () => openSheet() }),
    selected ? element("div", { class: "panel-bar" },
      element("button", { class: "quiet", type: "button", onclick: () => select(null) },
        element("span", { "aria-hidden": "true" }, "← "), word("back"))) : "",
    element("div", { class: "panel-body" },
      selected ? content[selected.kind](selected.key) : overview()),
  );
  panel.scrollTop = 0;
  openSheet(selected ? true : !narrow() || sheetOpen());
}

// On a phone the panel is a sheet at the bottom, folded until something is to be read.
const sheetOpen = () => document.body.classList.contains("sheet-open");

function openSheet(open = !sheetOpen()) {
  document.body.classList.toggle("sheet-open", open);
  const handle = byId("panel").querySelector(".sheet-handle");
  handle.setAttribute("aria-expanded", String(open));
  handle.textContent = word(open ? "close_panel" : "open_panel");
}

// ------------------------------------------------------------------ pieces

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

// ------------------------------------------------------------------ overview

function overview() {
  const brokers = actors.filter((actor) => actor.broker).sort((a, b) => a.broker.rank - b.broker.rank);
  const reasons = new Map();
  findings.forEach((finding, index) => {
    if (!reasons.has(finding.reason)) reasons.set(finding.reason, []);
    reasons.get(finding.reason).push(index);
  });
  return [
    element("section", { class: "reading" }, element("h2", {}, word("what_you_see")),
      element("p", {}, say(model.reading)),
      element("p", { class: "soft" }, `${defined(word("size"), say(model.measure.label))}, ${say(model.measure.reading)}.`)),
    element("section", {},
      element("h2", {}, badgeIcon("broker", "1"), word("who_holds")),
      brokers.length ? element("ol", { class: "brokers" }, brokers.map((actor) =>
        element("li", {}, element("span", { class: "rank", "aria-hidden": "true" }, String(actor.broker.rank)),
          element("div", {}, goActor(actor.n), element("p", { class: "soft" }, say(actor.broker.text))))))
        : element("p", { class: "soft" }, word("no_broker"))),
    element("section", {},
      element("h2", {}, badgeIcon("gap", "!"), word("what_is_missing")),
      findings.length ? [...reasons].map(([reason, indexes]) => element("details", {
        class: "reason", open: reasons.size === 1 },
        element("summary", {}, element("span", {}, capital(code("reason", reason))),
          element("span", { class: "count" }, String(indexes.length))),
        shortList(indexes, findingLine, { first: 8 }))) : element("p", { class: "soft" }, word("no_gap"))),
    element("section", { class: "about" }, element("h2", {}, word("about")),
      element("p", { class: "soft" }, say(model.licence)),
      element("details", { class: "more" },
        element("summary", {}, word("all_sources", { count: Object.keys(model.sources).length })),
        sources(Object.keys(model.sources)))),
  ];
}

// ------------------------------------------------------------------ one thing

function actorPanel(n) {
  const actor = actors[n];
  const [inward, outward] = [[...flowsIn[n]].sort(statusOrder), [...flowsOut[n]].sort(statusOrder)];
  const own = needs.filter((need) => need.actor === n);
  const about = [actor.source, ...[...inward, ...outward].map((index) => flows[index].source),
    ...own.map((need) => need.source)];
  return [
    kind(shapeIcon(sectorOf(actor), actor.outside),
      [code("type", actor.type), code("sector", actor.sector)].filter(Boolean).map((text, index) =>
        (index ? ` · ${text}` : capital(text))).join("")),
    element("h2", {}, actor.name),
    actor.description ? element("p", {}, actor.description) : "",
    facts([
      [word("territory"), territoryName(actor.territory)
        + (actor.outside ? ` (${word("outside")})` : "")],
      [word("part_of"), actor.parent === null || actor.parent === undefined ? "" : goActor(actor.parent)],
      [capital(say(model.measure.label)), actor.value === null ? word("measure_undefined") : number(actor.value)],
      [word("website"), actor.url ? link(actor.url) : ""],
    ]),
    actor.broker ? element("p", { class: "callout broker" },
      element("strong", {}, defined(word("broker_rank", { rank: actor.broker.rank }), "")), say(actor.broker.text)) : "",
    actor.gaps.length ? section(word("gaps_here"),
      shortList(actor.gaps, findingLine, { name: "gap-list" })) : "",
    outward.length ? section(`${word("gives")} (${outward.length})`, shortList(outward, (index) =>
      flowLine(index, [word("to"), goActor(flows[index].recipient)]), { first: 8, name: "flow-list" })) : "",
    inward.length ? section(`${word("receives")} (${inward.length})`, shortList(inward, (index) =>
      flowLine(index, [word("from"), goActor(flows[index].provider)]), { first: 8, name: "flow-list" })) : "",
    own.length ? section(`${word("needs")} (${own.length})`,
      shortList(own, (need) => needLine(need, false), { name: "flow-list" })) : "",
    held[n].length ? section(`${word("holds")} (${held[n].length})`,
      shortList(held[n], goDataset, { first: 8 })) : "",
    parts[n].length ? section(word("parts"), shortList(parts[n], goActor)) : "",
    sourceList(about),
  ];
}

function datasetPanel(n) {
  const dataset = datasets[n];
  const passed = [...flowsOfDataset[n]].sort(statusOrder);
  const wanted = needs.filter((need) => need.dataset === n);
  const gaps = findings.map((_, index) => index).filter((index) => findings[index].datasets.includes(n));
  return [
    kind(shapeIcon("dataset"), capital(word("dataset"))),
    element("h2", {}, dataset.title),
    facts([
      [word("holder"), dataset.holder === null ? "" : goActor(dataset.holder)],
      [word("theme"), code("theme", dataset.theme)],
      [word("access"), code("access", dataset.access)],
      [word("personal_data"), code("personal_data", dataset.personal_data)],
      [word("format"), dataset.format],
      [word("licence"), dataset.licence],
      [word("website"), dataset.url ? link(dataset.url) : ""],
    ]),
    section(word("flows_of_dataset"), passed.length ? shortList(passed, (index) => [
      element("p", { class: "flow-head" }, goActor(flows[index].provider), " → ", goActor(flows[index].recipient)),
      flowLine(index, []).slice(1),
    ], { name: "flow-list", first: 8 }) : element("p", { class: "soft" }, word("no_flow_of_dataset"))),
    wanted.length ? section(word("wanted_by"),
      shortList(wanted, (need) => needLine(need, true), { name: "flow-list" })) : "",
    gaps.length ? section(word("gaps_here"), shortList(gaps, findingLine, { name: "gap-list" })) : "",
    sourceList([dataset.source, ...passed.map((index) => flows[index].source)]),
  ];
}

const nodeName = (id) => (isDatasetId(id) ? datasetOf(id).title : actors[id].name);
const goNode = (id) => (isDatasetId(id) ? goDataset(datasetOf(id).n) : goActor(id));

function edgePanel(id) {
  const edge = edgeById.get(id);
  return [
    kind(lineIcon(edge.status), [capital(word(edge.layer === "holds" ? "holds" : "flow")),
      code("status", edge.status)].filter(Boolean).join(" · ")),
    element("h2", {}, `${nodeName(edge.from)} → ${nodeName(edge.to)}`),
    facts([[capital(word("from")), goNode(edge.from)], [capital(word("to")), goNode(edge.to)]]),
    edge.flows.length ? section(`${word("status")} (${edge.flows.length})`,
      shortList(edge.flows, (index) => flowLine(index, []), { name: "flow-list", first: 10 })) : "",
    sourceList(edge.flows.map((index) => flows[index].source)),
  ];
}

function findingPanel(index) {
  const finding = findings[index];
  return [
    kind(badgeIcon("gap", "!"), capital(code("reason", finding.reason))),
    element("h2", { class: "sentence" }, say(finding.sentence)),
    element("p", { class: "callout next" }, element("strong", {}, defined(word("next_step"), "")), say(finding.next_step)),
    finding.actors.length ? section(word("sector"), shortList(finding.actors, goActor)) : "",
    finding.datasets.length ? section(word("datasets"), shortList(finding.datasets, goDataset)) : "",
    finding.flows.length ? section(word("status"), shortList(finding.flows, (id) => {
      const at = flowIndex.get(id);
      return at === undefined ? id : flowLine(at, [goActor(flows[at].provider), "→", goActor(flows[at].recipient)]);
    }, { name: "flow-list" })) : "",
    sourceList([...finding.actors.map((n) => actors[n].source),
      ...finding.datasets.map((n) => datasets[n].source),
      ...finding.flows.map((id) => (flows[flowIndex.get(id)] || {}).source)]),
  ];
}
