// The legend: what each mark means, and a switch to hide or show it.

let legendOpen = null;
let moreOpen = false;

function chip(pressed, toggle, ...children) {
  return element("button", {
    class: "chip", type: "button", "aria-pressed": String(pressed),
    onclick: (event) => {
      toggle();
      event.currentTarget.setAttribute("aria-pressed", String(event.currentTarget.getAttribute("aria-pressed") !== "true"));
      restyle();
      remember();
      showReset();
    },
  }, ...children);
}

const group = (title, ...children) => element("div", { class: "legend-group", role: "group", "aria-label": title },
  element("span", { class: "legend-title" }, title), element("div", { class: "chips" }, ...children));

const tally = (value) => element("span", { class: "tally" }, String(value));

// The switches of a filter, one a value that occurs.
function switches(name, order, icon = () => "") {
  const hidden = state.without[name];
  const { tallies } = FILTERS[name];
  return order.filter((value) => tallies.has(value)).map((value) => chip(!hidden.has(value),
    () => (hidden.has(value) ? hidden.delete(value) : hidden.add(value)),
    icon(value), valueName(name, value), tally(tallies.get(value))));
}

function valueName(name, value) {
  if (name === "territory" && value) return territoryName(value);
  if (name === "barrier" && !value) return word("no_barrier");
  return value ? code(name, value) : word("not_stated");
}

// Values in the order of how often they occur; what is not stated last.
function byCount(name) {
  const { tallies } = FILTERS[name];
  return [...tallies.keys()].sort((a, b) => Number(!a) - Number(!b) || tallies.get(b) - tallies.get(a)
    || (a < b ? -1 : 1));
}

function renderLegend() {
  const overlay = (key, ...children) => chip(state.show[key], () => { state.show[key] = !state.show[key]; }, ...children);
  const has = (statuses) => flows.some((flow) => statuses.includes(flow.status));
  if (legendOpen === null) legendOpen = !narrow();
  byId("legend").replaceChildren(element("details", {
    open: legendOpen, ontoggle: (event) => { legendOpen = event.currentTarget.open; },
  },
  element("summary", {}, word("legend")),
  element("div", { class: "legend-body" }, element("div", { class: "legend-rows" },
    group(word("sector"), switches("sector", SECTORS, (sector) => shapeIcon(sector)),
      actors.some((actor) => actor.outside) ? element("span", { class: "key" }, shapeIcon("public", true), word("outside")) : ""),
    group(word("status"), switches("status", STATUSES, lineIcon),
      element("span", { class: "key" }, thicknessIcon(), word("thickness"))),
    group(word("show"),
      overlay("brokers", badgeIcon("broker", "1"), word("brokers")),
      overlay("gaps", badgeIcon("gap", "!"), word("gaps")),
      has(WANTED) ? overlay("wanted", lineIcon("wished"), word("wanted")) : "",
      overlay("datasets", shapeIcon("dataset"), word("datasets")),
      maturity.length ? overlay("maturity", levelIcon(3), word("maturity")) : "",
      actors.some((actor) => actor.public) ? overlay("publicFlows", lineIcon("public"), word("public_flows")) : "",
      canGroup && !mustGroup ? overlay("groups", shapeIcon("community"), word("communities")) : "",
    ),
    scales(moreFilters(), element("div", { class: "save", role: "group", "aria-label": word("save") },
      tool("save_png", "PNG", () => savePicture("png")), tool("save_svg", "SVG", () => savePicture("svg"))),
      element("button", { class: "quiet", id: "reset", type: "button", onclick: showAll }, word("reset")))),
  state.size ? sizeScale() : "")));
  document.body.classList.toggle("by-measure", byMeasure());
  showReset();
  renderMaturity();
}

function moreFilters() {
  const named = [["type", word("type")], ["territory", word("territory")], ["theme", word("theme")],
    ["access", word("access")], ["barrier", word("barrier_of")]]
    .filter(([name]) => FILTERS[name].tallies.size > 1);
  if (!named.length) return "";
  return element("details", {
    class: "more-filters", open: moreOpen, ontoggle: (event) => { moreOpen = event.currentTarget.open; },
  },
  element("summary", { class: "chip" }, word("more_filters"), element("span", { id: "active-filters" })),
  element("div", { class: "filter-sheet" }, named.map(([name, title]) => group(title, switches(name, byCount(name))))));
}

function showAll() {
  Object.values(state.without).forEach((hidden) => hidden.clear());
  state.show.publicFlows = true;
  renderLegend();
  restyle();
  remember();
}

function showReset() {
  byId("reset").hidden = !filtered();
  const count = ["type", "territory", "theme", "access", "barrier"].filter((name) => state.without[name].size).length;
  if (byId("active-filters")) byId("active-filters").textContent = count ? ` · ${count}` : "";
}

// ------------------------------------------------------------------ maturity

const levelIcon = (level) => drawn("svg", { class: "icon level", viewBox: "0 0 34 12", "aria-hidden": "true" },
  ...[0, 1, 2, 3].map((step) => drawn("rect", {
    x: 1 + 8 * step, y: 2, width: 6.5, height: 8, class: level !== null && step < level ? "level-on" : "level-off",
  })));

// A reading of maturity by dimension, over the map: territories side by side, in the order of the data.
function renderMaturity() {
  const box = byId("maturity");
  box.hidden = !state.show.maturity || !maturity.length;
  if (box.hidden) {
    box.replaceChildren();
    return;
  }
  const where = [...new Set(maturity.map((row) => row.territory))];
  const dimensions = [...new Set(maturity.map((row) => row.dimension))];
  const levels = new Map(maturity.map((row) => [`${row.territory} ${row.dimension}`, row]));
  const cell = (territory, dimension) => {
    const row = levels.get(`${territory} ${dimension}`);
    if (!row) return element("td", {}, "–");
    const said = row.level === null ? word("not_stated") : code("level", String(row.level));
    return element("td", { title: row.evidence }, row.level === null ? "" : levelIcon(row.level),
      element("span", { class: where.length > 1 ? "unseen" : "" }, said),
      where.length === 1 && row.evidence ? element("p", { class: "soft" }, row.evidence) : "");
  };
  box.replaceChildren(
    element("h2", {}, word("maturity")), element("p", { class: "soft" }, word("maturity_note")),
    element("table", {}, where.length > 1 ? element("thead", {}, element("tr", {}, element("td", {}),
      where.map((territory) => element("th", { scope: "col" }, territoryName(territory))))) : "",
    element("tbody", {}, dimensions.map((dimension) => element("tr", {},
      element("th", { scope: "row" }, capital(code("dimension", dimension))),
      where.map((territory) => cell(territory, dimension)))))));
}
