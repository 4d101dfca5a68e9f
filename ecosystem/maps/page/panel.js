// The side panel: an overview when nothing is selected, the facts of what is selected otherwise.

function renderPanel() {
  const panel = byId("panel");
  const content = {
    actor: actorPanel, dataset: datasetPanel, edge: edgePanel, finding: findingPanel,
    community: communityPanel,
  };
  const selected = state.selected;
  panel.replaceChildren(
    element("button", { class: "sheet-handle", type: "button", onclick: () => openSheet() }),
    selected ? element("div", { class: "panel-bar" },
      element("button", { class: "quiet", type: "button", onclick: () => select(null) },
        element("span", { "aria-hidden": "true" }, "← "), word("back")), stepsChoice()) : "",
    element("div", { class: "panel-body" },
      selected ? content[selected.kind](selected.key) : overview()),
  );
  panel.scrollTop = 0;
  openSheet(selected ? true : !narrow() || sheetOpen());
}

// Only what is so many steps away from the selection, or everything.
function stepsChoice() {
  return element("div", { class: "steps", role: "group", "aria-label": word("steps") },
    element("span", { class: "soft", "aria-hidden": "true" }, word("steps")),
    [0, 1, 2, 3].map((count) => element("button", {
      type: "button", "aria-pressed": String(state.steps === count), "data-steps": count,
      "aria-label": count ? word("steps_shown", { count }) : word("steps_all"),
      onclick: () => {
        state.steps = count;
        restyle();
        renderSteps();
        if (count) flyTo(nodeIds());
        else wholeMap();
        remember();
      },
    }, count ? String(count) : word("all"))));
}

function renderSteps() {
  byId("panel").querySelectorAll(".steps button").forEach((button) =>
    button.setAttribute("aria-pressed", String(Number(button.dataset.steps) === state.steps)));
}

// On a phone the panel is a sheet at the bottom, folded until something is to be read.
const sheetOpen = () => document.body.classList.contains("sheet-open");

function openSheet(open = !sheetOpen()) {
  document.body.classList.toggle("sheet-open", open);
  const handle = byId("panel").querySelector(".sheet-handle");
  handle.setAttribute("aria-expanded", String(open));
  handle.textContent = word(open ? "close_panel" : "open_panel");
}

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
      canGroup ? element("p", {}, word(mustGroup ? "grouped_huge" : "grouped", { count: communities.length })) : "",
      element("div", { id: "reading-scales" })),
    element("section", {},
      element("h2", {}, badgeIcon("broker", "1"), word("who_holds")),
      brokers.length ? element("ol", { class: "brokers" }, brokers.map((actor) =>
        element("li", {}, element("span", { class: "rank", "aria-hidden": "true" }, String(actor.broker.rank)),
          element("div", {}, goActor(actor.n), element("p", { class: "soft" }, say(actor.broker.text))))))
        : element("p", { class: "soft" }, word("no_broker"))),
    element("section", {},
      element("h2", {}, badgeIcon("gap", "!"), word("what_is_missing")),
      findings.length ? element("p", { class: "soft" }, word("gaps_marked")) : "",
      findings.length ? [...reasons].map(([reason, indexes]) => element("details", {
        class: "reason", open: reasons.size === 1 },
        element("summary", {}, element("span", {}, capital(code("reason", reason))),
          element("span", { class: "count" }, String(indexes.length))),
        shortList(indexes, findingLine, { first: 8 }))) : element("p", { class: "soft" }, word("no_gap"))),
    element("section", { class: "about" }, element("h2", {}, word("about")),
      element("p", { class: "soft" }, [say(model.licence), say(model.notice)].filter(Boolean).join(" ")),
      element("details", { class: "more" },
        element("summary", {}, word("all_sources", { count: Object.keys(model.sources).length })),
        sources(Object.keys(model.sources)))),
  ];
}

// What size and colour say just now.
function renderReading() {
  const box = byId("reading-scales");
  if (!box) return;
  const told = [[word("size"), measureNamed(state.size)], [word("colour"), measureNamed(state.colour)]];
  box.replaceChildren(...told.filter(([, measure]) => measure).map(([part, measure]) =>
    element("p", { class: "soft" }, `${defined(part, say(measure.label))}, ${say(measure.reading)}.`)));
}

// ------------------------------------------------------------------ one thing

// The measures of size and colour, then the others that are not zero, folded.
function measuresTold(n) {
  const first = [...new Set([state.size, state.colour])].map(measureNamed).filter(Boolean);
  return first.map((measure) => [capital(say(measure.label)), measureTold(measure, n)]);
}

const measureTold = (measure, n) =>
  (valueOf(measure, n) === null ? word("measure_undefined") : number(valueOf(measure, n)));

function otherMeasures(n) {
  const rest = measures.filter((measure) => ![state.size, state.colour].includes(measure.name));
  return rest.length ? element("details", { class: "more" }, element("summary", {}, word("all_measures")),
    facts(rest.map((measure) => [capital(say(measure.label)), measureTold(measure, n)]))) : "";
}

// How far the rank of an actor can be trusted.
function stabilityTold({ low, high, top_share: share, verdict }) {
  const rank = low === high ? String(low) : `${low}–${high}`;
  const often = share === null ? "" : ` · ${word("top_share", { share: Math.round(share * 100) })}`;
  const told = `${word("rank_between", { rank })}${often}`;
  return verdict ? `${capital(code("verdict", verdict))} (${told})` : capital(told);
}

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
      ...measuresTold(n),
      [word("role"), actor.broker ? "" : say(actor.role)],
      [word("stability"), actor.stability ? stabilityTold(actor.stability) : ""],
      [word("website"), actor.url ? link(actor.url) : ""],
    ]),
    otherMeasures(n),
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

const nodeName = (id) => (isDatasetId(id) ? datasetOf(id).title
  : isGroupId(id) ? communityName(groupOf(id)) : actors[id].name);
const goNode = (id) => (isDatasetId(id) ? goDataset(datasetOf(id).n)
  : isGroupId(id) ? go("community", groupOf(id), communityName(groupOf(id))) : goActor(id));

function edgePanel(id) {
  const edge = edgeOf(id);
  const own = flowsShown(edge);
  return [
    kind(lineIcon(edge.status), [capital(word(edge.layer === "holds" ? "holds" : "flow")),
      code("status", edge.status)].filter(Boolean).join(" · ")),
    element("h2", {}, `${nodeName(edge.from)} → ${nodeName(edge.to)}`),
    facts([[capital(word("from")), goNode(edge.from)], [capital(word("to")), goNode(edge.to)]]),
    own.length ? section(`${word("status")} (${own.length})`, shortList(own.slice(0, LISTED), (index) =>
      flowLine(index, isGroupId(edge.from) || isGroupId(edge.to)
        ? [goActor(flows[index].provider), "→", goActor(flows[index].recipient)] : []), { name: "flow-list", first: 10 })) : "",
    sourceList(own.slice(0, LISTED).map((index) => flows[index].source)),
  ];
}

function findingPanel(index) {
  const finding = findings[index];
  return [
    kind(badgeIcon("gap", "!"), [capital(code("reason", finding.reason)), code("severity", finding.severity)]
      .filter(Boolean).join(" · ")),
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

const LISTED = 500; // of a very long list, the panel shows so many

function communityPanel(index) {
  const members = [...communities[index]].sort((a, b) => actors[a].label_rank - actors[b].label_rank);
  const inside = new Set(members);
  const open = state.opened.has(index);
  const touching = flows.filter((flow) => inside.has(flow.provider) || inside.has(flow.recipient));
  const within = touching.filter((flow) => inside.has(flow.provider) && inside.has(flow.recipient)).length;
  return [
    kind(shapeIcon("community"), capital(word("community"))),
    element("h2", {}, communityName(index)),
    element("p", {}, word("community_flows", { within, across: touching.length - within })),
    state.show.groups ? element("button", {
      class: "action", type: "button", id: "open-community", "aria-expanded": String(open),
      onclick: () => openCommunity(index, !open),
    }, word(open ? "close_community" : "open_community")) : "",
    section(`${word("members")} (${members.length})`,
      shortList(members.slice(0, LISTED), goActor, { first: 12, name: "members" })),
  ];
}

function openCommunity(index, open) {
  if (open) state.opened.add(index);
  else state.opened.delete(index);
  restyle();
  renderPanel();
  if (open) flyTo(communities[index]);
  else wholeMap();
  remember();
  byId("open-community").focus();
}
