// The icons, and the legend: what each mark means, and a switch to hide or show it.

// ------------------------------------------------------------------ icons

function shapeIcon(sector, outside = false) {
  const paths = {
    public: ["circle", { cx: 8, cy: 8, r: 5.6 }],
    private: ["rect", { x: 2.9, y: 2.9, width: 10.2, height: 10.2 }],
    mixed: ["path", { d: "M8 1.2 14.8 8 8 14.8 1.2 8Z" }],
    civil_society: ["path", { d: "M8 1.8 14.6 13.4H1.4Z" }],
    research: ["path", { d: "M8 .9 10 6h5.2l-4.1 3.3 1.5 5.3L8 11.5l-4.6 3.1 1.5-5.3L.8 6H6Z" }],
    "": ["path", { d: "M4.6 2h6.8l3.4 6-3.4 6H4.6L1.2 8Z" }],
    dataset: ["rect", { x: 4.2, y: 4.2, width: 7.6, height: 7.6 }],
  };
  const [tag, attributes] = paths[sector];
  const name = `shape shape-${sector || "none"}${outside ? " outside" : ""}`;
  return drawn("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" },
    drawn(tag, { ...attributes, class: name }));
}

function lineIcon(status) {
  const dashes = dashesOf(status);
  const line = drawn("line", { x1: 1, y1: 6, x2: 25, y2: 6, "stroke-width": 1.8 });
  if (dashes) line.setAttribute("stroke-dasharray", { planned: "6 3.5", wished: "1.8 3", blocked: "7 2.5 1.5 2.5" }[status]);
  const marks = [line, drawn("path", { d: "M25 2.2 33 6l-8 3.8Z", class: "arrow" })];
  if (status === "blocked") marks.push(drawn("line", { x1: 13, y1: 1.5, x2: 13, y2: 10.5, "stroke-width": 2 }));
  return drawn("svg", { class: `icon line line-${status}`, viewBox: "0 0 34 12", "aria-hidden": "true" }, ...marks);
}

const thicknessIcon = () => drawn("svg", { class: "icon line", viewBox: "0 0 34 12", "aria-hidden": "true" },
  drawn("path", { d: "M1 5.4 33 3.2V8.8L1 6.6Z", class: "arrow" }));

const badgeIcon = (kindOf, text) => element("span", { class: `badge badge-${kindOf}`, "aria-hidden": "true" }, text);

// ------------------------------------------------------------------ legend

let legendOpen = null;

function renderLegend() {
  const sectors = SECTORS.filter((sector) => actors.some((actor) => sectorOf(actor) === sector));
  const statuses = STATUSES.filter((status) => flows.some((flow) => flow.status === status));
  const count = (list, test) => list.filter(test).length;
  const chip = (pressed, toggle, ...children) => element("button", {
    class: "chip", type: "button", "aria-pressed": String(pressed),
    onclick: (event) => {
      toggle();
      event.currentTarget.setAttribute("aria-pressed", String(event.currentTarget.getAttribute("aria-pressed") !== "true"));
      restyle();
      remember();
      showReset();
    },
  }, ...children);
  const flip = (set, key) => () => (set.has(key) ? set.delete(key) : set.add(key));
  const group = (title, ...children) => element("div", { class: "legend-group", role: "group", "aria-label": title },
    element("span", { class: "legend-title" }, title), element("div", { class: "chips" }, ...children));
  const overlay = (key, ...children) => chip(state.show[key], () => { state.show[key] = !state.show[key]; }, ...children);
  if (legendOpen === null) legendOpen = !narrow();
  byId("legend").replaceChildren(element("details", {
    open: legendOpen, ontoggle: (event) => { legendOpen = event.currentTarget.open; },
  },
  element("summary", {}, word("legend")),
  element("div", { class: "legend-body" }, element("div", { class: "legend-rows" },
    group(word("sector"), sectors.map((sector) => chip(!state.hiddenSectors.has(sector),
      flip(state.hiddenSectors, sector), shapeIcon(sector), code("sector", sector) || word("not_stated"),
      tally(count(actors, (actor) => sectorOf(actor) === sector)))),
    actors.some((actor) => actor.outside) ? element("span", { class: "key" }, shapeIcon("public", true), word("outside")) : ""),
    group(word("status"), statuses.map((status) => chip(!state.hiddenStatuses.has(status),
      flip(state.hiddenStatuses, status), lineIcon(status), code("status", status),
      tally(count(flows, (flow) => flow.status === status)))),
    element("span", { class: "key" }, thicknessIcon(), word("thickness"))),
    group(word("show"),
      overlay("brokers", badgeIcon("broker", "1"), word("brokers")),
      overlay("gaps", badgeIcon("gap", "!"), word("gaps")),
      overlay("datasets", shapeIcon("dataset"), word("datasets")),
      actors.some((actor) => actor.public) ? overlay("publicFlows", lineIcon("public"), word("public_flows")) : "",
      element("button", { class: "quiet", id: "reset", type: "button", onclick: showAll }, word("reset")))),
  sizeScale())));
  showReset();
}

const tally = (value) => element("span", { class: "tally" }, String(value));

// Three sizes that occur, one in the other: the least, one in the middle, the most.
function sizeScale() {
  const valued = actors.filter((actor) => actor.value !== null).sort((a, b) => a.size - b.size);
  if (!valued.length) return "";
  const most = valued.at(-1);
  const middle = valued.reduce((best, actor) =>
    (Math.abs(actor.size - most.size / 2) < Math.abs(best.size - most.size / 2) ? actor : best));
  const steps = [...new Map([valued[0], middle, most].map((actor) => [number(actor.value), actor]))];
  const reach = (actor) => radiusOf(actor.size) * (place.grow || 1);
  const side = Math.max(2 * reach(most), 12 * steps.length) + 4;
  const width = 2 * reach(most) + 70;
  let y = side;
  const marks = steps.flatMap(([text, actor], index) => {
    const radius = reach(actor);
    const x = reach(most) + 2;
    const top = side - 2 - 2 * radius;
    y = Math.max(Math.min(top, y - 12), 6 + 12 * (steps.length - 1 - index));
    const value = drawn("text", { x: 2 * x + 16, y: y + 4, class: "size-value" });
    value.textContent = text;
    return [
      drawn("circle", { cx: x, cy: side - 2 - radius, r: radius, class: "size-ring" }),
      drawn("path", { d: `M${x} ${top}L${2 * x + 13} ${y}`, class: "size-lead" }), value,
    ];
  });
  return element("div", { class: "size-scale", title: say(model.measure.reading) },
    element("span", {}, element("span", { class: "legend-title" }, word("size")),
      element("br"), element("span", { class: "soft" }, say(model.measure.label))),
    drawn("svg", { width, height: side, viewBox: `0 0 ${width} ${side}`, role: "img",
      "aria-label": steps.map(([text]) => text).join(", ") }, ...marks));
}

function showAll() {
  state.hiddenSectors.clear();
  state.hiddenStatuses.clear();
  state.show.publicFlows = true;
  renderLegend();
  restyle();
  remember();
}

function showReset() {
  const changed = state.hiddenSectors.size || state.hiddenStatuses.size || !state.show.publicFlows;
  byId("reset").hidden = !changed;
}
