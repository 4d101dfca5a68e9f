// Heading, selection, tooltip.

// ------------------------------------------------------------------ heading

function renderHeading() {
  document.documentElement.lang = state.language;
  document.title = say(model.title);
  byId("title").textContent = say(model.title);
  const counts = word("counts", { actors: actors.length, flows: flows.length, datasets: datasets.length });
  byId("standfirst").textContent = [counts, model.date ? word("as_of", { date: month(model.date) }) : "",
    say(model.notice)]
    .filter(Boolean).join(" · ");
  nameCanvas();
  byId("zoom").setAttribute("aria-label", word("zoom"));
  byId("languages").setAttribute("aria-label", word("language"));
  byId("languages").replaceChildren(...["fr", "en"].map((language) => element("button", {
    type: "button", lang: language, "aria-pressed": String(state.language === language),
    "aria-label": language === "fr" ? "FR, français" : "EN, English",
    onclick: () => speak(language),
  }, language.toUpperCase())));
  byId("zoom").replaceChildren(
    tool("zoom_in", "+", () => zoomBy(1.4)), tool("zoom_out", "−", () => zoomBy(1 / 1.4)),
    tool("fit", "⤢", () => { wholeMap(); remember(); }),
  );
  byId("views").setAttribute("aria-label", word("view"));
  byId("views").replaceChildren(...[["map", word("view_map")], ["table", word("view_table")],
    ["compare", word("view_compare")]]
    .filter(([name]) => name !== "compare" || model.compared.length > 1)
    .map(([name, text]) => element("button", {
      type: "button", "data-view": name, "aria-pressed": String(state.reading === name),
      onclick: () => read(name),
    }, text)));
}

// The map, the same as tables, or territories side by side.
function read(name) {
  state.reading = name;
  renderViews();
  byId("views").querySelectorAll("button").forEach((button) =>
    button.setAttribute("aria-pressed", String(button.dataset.view === name)));
  remember();
}

function renderViews() {
  byId("frame").inert = state.reading !== "map";
  byId("zoom").hidden = state.reading !== "map";
  byId("stage").style.setProperty("--below-legend", `${byId("frame").offsetTop}px`);
  for (const [name, fill] of [["table", tableView], ["compare", compareView]]) {
    const box = byId(name);
    const { scrollTop } = box;
    box.hidden = state.reading !== name;
    box.replaceChildren(...(box.hidden ? [] : fill()));
    box.scrollTop = scrollTop;
  }
}

// vis-network makes the element that takes the keyboard.
function nameCanvas() {
  const taker = byId("canvas").querySelector(".vis-network");
  if (!taker) return;
  taker.setAttribute("role", "group");
  taker.setAttribute("aria-label", word("map"));
}

const tool = (key, text, act) => element("button", {
  type: "button", title: word(key), "aria-label": word(key), onclick: act,
}, text);

function speak(language) {
  state.language = language;
  shortNames.clear();
  hideTooltip();
  render();
  byId("languages").querySelector(`[lang=${language}]`).focus();
  forgetLabels();
  network.redraw();
  remember();
}

// ------------------------------------------------------------------ selection

function select(selected, { fly = false, read = true } = {}) {
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
  if (selected.kind === "community") return nodes.filter((id) => isGroupId(id) ? groupOf(id) === selected.key : actors[id].community === selected.key);
  if (selected.kind !== "actor") return nodes;
  if (narrow()) return [selected.key];
  const { territory } = actors[selected.key];
  return regions.size ? nodes.filter((id) => !isDatasetId(id) && actors[id].territory === territory) : nodes;
}

// ------------------------------------------------------------------ tooltip

const pointer = { x: 0, y: 0 };

function placeTooltip() {
  const tip = byId("tooltip");
  if (tip.hidden) return;
  const { width, height } = byId("frame").getBoundingClientRect();
  const { x, y } = pointer;
  const above = y + 18 + tip.offsetHeight > height;
  tip.style.left = `${Math.max(4, Math.min(x + 14, width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${above ? Math.max(4, y - tip.offsetHeight - 12) : y + 18}px`;
}

function onPointer() {
  byId("frame").addEventListener("pointermove", (event) => {
    const box = byId("frame").getBoundingClientRect();
    Object.assign(pointer, { x: event.clientX - box.left, y: event.clientY - box.top });
    placeTooltip();
  }, true);
  byId("frame").addEventListener("pointerleave", hideTooltip);
  network.on("hoverNode", ({ node }) => {
    state.hovered = node;
    forgetLabels();
    showTooltip(isDatasetId(node) ? datasetTip(datasetOf(node))
      : isGroupId(node) ? communityTip(groupOf(node)) : actorTip(actors[node]));
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
  window.addEventListener("pointerdown", () => { down = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => { down = false; }, true);
  network.on("click", ({ nodes, edges, pointer }) => {
    if (down) return;
    const id = nodes.length ? nodes[0] : labelAt(pointer.DOM);
    if (id !== null && id !== undefined) {
      select(thing(id), { read: false });
    } else if (edges.length) {
      select({ kind: "edge", key: edges[0] }, { read: false });
    } else if (state.selected) {
      select(null);
    }
  });
}

function thing(id) {
  if (isDatasetId(id)) return { kind: "dataset", key: datasetOf(id).n };
  return isGroupId(id) ? { kind: "community", key: groupOf(id) } : { kind: "actor", key: id };
}

function showTooltip(children) {
  const tip = byId("tooltip");
  tip.replaceChildren(...children.flat().filter(Boolean));
  tip.hidden = narrow();
  placeTooltip();
  byId("canvas").classList.add("pointing");
}

function hideTooltip() {
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
    element("span", { class: "soft" }, [code("type", actor.type), code("sector", actor.sector),
      territoryName(actor.territory)].filter(Boolean).join(" · ")),
    element("span", {}, `${flowsOut[actor.n].length} ${word("flows_out")}, ${flowsIn[actor.n].length} ${word("flows_in")}`),
    ...measuresTold(actor.n).map(([term, value]) => element("span", {}, defined(term, value))),
    actor.broker ? element("span", {}, badgeIcon("broker", String(actor.broker.rank)), say(actor.broker.text)) : null,
    actor.gaps.length ? element("span", {}, badgeIcon("gap", "!"), `${word("gaps_here")} (${actor.gaps.length})`) : null,
    sourceTip([actor.source]),
  ];
}

function datasetTip(dataset) {
  return [
    element("strong", {}, dataset.title),
    element("span", { class: "soft" }, [dataset.holder === null ? "" : actors[dataset.holder].name,
      code("access", dataset.access), code("theme", dataset.theme)].filter(Boolean).join(" · ")),
    sourceTip([dataset.source]),
  ];
}

const communityTip = (index) => [
  element("strong", {}, communityName(index)),
  element("span", { class: "soft" }, word("click_to_open")),
];

function edgeTip(edge) {
  const own = flowsShown(edge);
  const titles = [...new Set(own.map((index) => flows[index].dataset))]
    .map((n) => (n === null ? word("no_dataset") : datasets[n].title));
  const shown = titles.slice(0, 5);
  return [
    element("strong", {}, `${nodeName(edge.from)} → ${nodeName(edge.to)}`),
    edge.layer === "holds" ? element("span", { class: "soft" }, word("holds"))
      : element("span", { class: "flow-ends" }, statusMark(edge.status), element("span", { class: "soft" }, ` × ${own.length}`)),
    edge.layer === "actors" ? shown.map((title) => element("span", {}, `– ${title}`)) : null,
    titles.length > shown.length ? element("span", { class: "soft" }, word("more", { count: titles.length - shown.length })) : null,
    sourceTip(own.map((index) => flows[index].source)),
  ];
}
