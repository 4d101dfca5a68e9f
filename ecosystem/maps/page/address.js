// The view in the address, so that it can be sent as a link to the same file.

const NAMES = {
  actor: () => actors, dataset: () => datasets, finding: () => findings,
  community: () => communities.map((_, index) => ({ id: String(index) })),
};
const SHOWN = { brokers: true, gaps: true, datasets: false, publicFlows: true, wanted: false, maturity: false, groups: canGroup };
const VIEWS = ["map", "table", "compare"];

function remember() {
  const said = new URLSearchParams();
  if (state.language !== model.language) said.set("lang", state.language);
  const { selected } = state;
  if (selected && selected.kind in NAMES) said.set(selected.kind, NAMES[selected.kind]()[selected.key].id);
  if (state.steps) said.set("steps", state.steps);
  for (const [name, hidden] of Object.entries(state.without)) {
    if (!hidden.size) continue;
    if (name === "status") said.set("status", STATUSES.filter((status) => !hidden.has(status)).join(","));
    else said.set(name === "sector" ? "without" : `without-${name}`, [...hidden].map((value) => value || NOT_STATED).join(","));
  }
  for (const [name, usual] of Object.entries(SHOWN)) {
    if (state.show[name] !== usual) said.set(name, Number(state.show[name]));
  }
  if (state.opened.size) said.set("open", [...state.opened].join(","));
  if (state.size !== model.measure.name) said.set("size", state.size || NOT_STATED);
  if (state.colour !== model.colour) said.set("colour", state.colour);
  if (state.reading !== "map") said.set("view", state.reading);
  if (state.at) said.set("at", [state.at.x, state.at.y, state.at.scale].join(","));
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
  const among = (name, known, usual) => (said.has(name) && known.includes(said.get(name)) ? said.get(name) : usual);
  state.language = among("lang", ["fr", "en"], model.language);
  for (const [name, { tallies }] of Object.entries(FILTERS)) {
    const key = name === "sector" ? "without" : `without-${name}`;
    const wanted = new Set(all(key).map((value) => (value === NOT_STATED ? "" : value)));
    state.without[name] = new Set(said.has(key) ? [...tallies.keys()].filter((value) => wanted.has(value)) : []);
  }
  if (said.has("status")) {
    state.without.status = new Set([...FILTERS.status.tallies.keys()].filter((each) => !all("status").includes(each)));
  }
  for (const [name, usual] of Object.entries(SHOWN)) {
    state.show[name] = said.has(name) ? said.get(name) === "1" : usual;
  }
  if (mustGroup) state.show.groups = true;
  if (!canGroup) state.show.groups = false;
  state.opened = new Set(all("open").filter(Boolean).map(Number).filter((index) => communities[index]));
  state.size = among("size", measures.map(({ name }) => name), said.get("size") === NOT_STATED ? "" : model.measure.name);
  state.colour = among("colour", ["sector", ...measures.map(({ name }) => name)], model.colour);
  state.reading = among("view", VIEWS.filter((name) => name !== "compare" || model.compared.length > 1), "map");
  const at = all("at").map(Number);
  state.at = at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? { x: at[0], y: at[1], scale: at[2] } : null;
  state.selected = null;
  for (const [kindOf, list] of Object.entries(NAMES)) {
    const key = said.has(kindOf) ? list().findIndex((item) => item.id === said.get(kindOf)) : -1;
    if (key >= 0) state.selected = { kind: kindOf, key };
  }
  const steps = Number(said.get("steps"));
  state.steps = state.selected && [1, 2, 3].includes(steps) ? steps : 0;
}
