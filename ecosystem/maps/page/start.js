// The start, and what the page listens to.

function render() {
  renderHeading();
  renderLegend();
  renderSearch();
  renderViews();
  renderPanel();
  renderReading();
}

// The window has another size: the drawing is stretched to it again.
function refit() {
  network.redraw();
  placeNodes();
  restyle();
  const { at } = state;
  if (at) returnTo(at);
  else wholeMap(false);
}

// What an address says: the selection, and where one had moved to.
function restore(chosen, at, reading) {
  select(chosen, { fly: !at, read: false });
  state.at = at;
  state.reading = reading;
  if (at) returnTo(at);
  renderHeading();
  renderViews();
  remember();
}

function start() {
  byId("page").hidden = false;
  recall();
  readColours();
  refreshView();
  render();
  // The legend is as high as it will be: now the map knows its room, and the legend its sizes.
  placeNodes();
  renderLegend();
  const { selected: chosen, at, reading } = state;
  draw();
  onPointer();
  moveAsPicture();
  if (byId("canvas").clientHeight !== Math.round(place.height)) refit();
  state.at = at;
  if (chosen) restore(chosen, at, reading);
  else if (at) returnTo(at);
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
    const acts = { "+": () => zoomBy(1.4), "=": () => zoomBy(1.4), "-": () => zoomBy(1 / 1.4), 0: () => { wholeMap(); remember(); } };
    if (steps[event.key]) {
      const { x, y } = network.getViewPosition();
      const [right, down] = steps[event.key].map((step) => step / network.getScale());
      moveTo({ position: { x: x + right, y: y + down } });
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
    const { selected, at, reading } = state;
    placeNodes();
    render();
    restore(selected, at, reading);
    if (!selected && !at) wholeMap(false);
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
    get nodes() { return view.nodes.size; },
    get edges() { return view.edges.size; },
    get shown() { return [...view.nodes].filter(isActorId).map((n) => actors[n].id); },
    get dimmed() { return focus === null ? 0 : [...view.nodes].filter((id) => !focus.nodes.has(id)).length; },
    get communities() { return [...view.nodes].filter(isGroupId).map(groupOf); },
    get counts() { return labels ? labels.counts.map(({ text }) => text) : []; },
    style(id) {
      const { size, color } = visNodes.get(actors.findIndex((actor) => actor.id === id));
      return { size, fill: color.background };
    },
    get labels() { return labels ? labels.boxes.map((box) => nodeName(box.id)) : []; },
    get boxes() { return labels ? labels.boxes.map(({ left, top, right, bottom }) => ({ left, top, right, bottom })) : []; },
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
