// The view in the address, and the start.

// ------------------------------------------------------------------ the address

const NAMES = { actor: () => actors, dataset: () => datasets, finding: () => findings };

function remember() {
  const said = new URLSearchParams();
  if (state.language !== model.language) said.set("lang", state.language);
  const { selected } = state;
  if (selected && selected.kind in NAMES) said.set(selected.kind, NAMES[selected.kind]()[selected.key].id);
  if (state.hiddenSectors.size) said.set("without", [...state.hiddenSectors].join(","));
  if (state.hiddenStatuses.size) said.set("status", STATUSES.filter((status) => !state.hiddenStatuses.has(status)).join(","));
  if (state.show.datasets) said.set("datasets", "1");
  const text = said.toString();
  try {
    window.history.replaceState(null, "", text ? `#${text}` : window.location.href.split("#")[0]);
  } catch {
    // A page shown inside another (a notebook) has no address of its own.
  }
}

function recall() {
  const said = new URLSearchParams(window.location.hash.slice(1));
  const all = (name) => (said.get(name) || "").split(",");
  state.language = ["fr", "en"].includes(said.get("lang")) ? said.get("lang") : model.language;
  state.hiddenSectors = new Set(said.has("without") ? all("without").filter((each) => SECTORS.includes(each)) : []);
  state.hiddenStatuses = new Set(said.has("status") ? STATUSES.filter((each) => !all("status").includes(each)) : []);
  state.show.datasets = Boolean(said.get("datasets"));
  state.selected = null;
  for (const [kindOf, list] of Object.entries(NAMES)) {
    const key = said.has(kindOf) ? list().findIndex((item) => item.id === said.get(kindOf)) : -1;
    if (key >= 0) state.selected = { kind: kindOf, key };
  }
}

// ------------------------------------------------------------------ start

function render() {
  renderHeading();
  renderLegend();
  renderSearch();
  renderPanel();
}

// The window has another size: the drawing is stretched to it again.
function refit() {
  network.redraw();
  placeNodes();
  restyle();
  wholeMap(false);
}

function start() {
  byId("page").hidden = false;
  recall();
  readColours();
  render();
  draw();
  onPointer();
  const chosen = state.selected;
  renderLegend();
  refit();
  if (chosen) select(chosen, { fly: true, read: false });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches && event.target.matches("input");
    if (event.key === "Escape" && state.selected) select(null);
    if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("query").focus();
    }
  });
  byId("canvas").addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
    const acts = { "+": () => zoomBy(1.4), "=": () => zoomBy(1.4), "-": () => zoomBy(1 / 1.4), 0: () => wholeMap() };
    if (steps[event.key]) {
      const { x, y } = network.getViewPosition();
      const [right, down] = steps[event.key].map((step) => step / network.getScale());
      network.moveTo({ position: { x: x + right, y: y + down } });
    } else if (acts[event.key]) acts[event.key]();
    else return;
    event.preventDefault();
  });
  const repaint = () => {
    readColours();
    restyle();
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  // Another address was given to the same page.
  window.addEventListener("hashchange", () => {
    recall();
    render();
    select(state.selected, { fly: true, read: false });
  });
  window.addEventListener("beforeprint", () => {
    document.documentElement.classList.add("on-paper");
    repaint();
    byId("printed").src = byId("canvas").querySelector("canvas").toDataURL();
  });
  window.addEventListener("afterprint", () => {
    document.documentElement.classList.remove("on-paper");
    repaint();
  });
  let waiting = null;
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (Math.abs(window.innerWidth - width) < 40) return;
      width = window.innerWidth;
      refit();
    }, 200);
  });
  window.ecosystem = Object.freeze({
    get language() { return state.language; },
    get selected() {
      if (!state.selected) return null;
      const { kind: kindOf, key } = state.selected;
      return { kind: kindOf, id: kindOf in NAMES ? NAMES[kindOf]()[key].id : key };
    },
    get nodes() { return drawing.nodes.filter((node) => nodeShown(node.id)).length; },
    get edges() { return drawing.edges.filter((edge) => edgeShown(edge)).length; },
    get labels() { return labels ? labels.boxes.map((box) => nodeName(box.id)) : []; },
    get scale() { return network.getScale(); },
    position(id) {
      const n = actors.findIndex((actor) => actor.id === id);
      if (n < 0) return null;
      const box = byId("canvas").getBoundingClientRect();
      const at = screen(n);
      return { x: box.left + at.x, y: box.top + at.y };
    },
    ready: true,
  });
}

start();
