// Search by name, accents folded: type, arrows, Enter.

const entries = [
  ...actors.map((actor) => ({ kind: "actor", key: actor.n, name: actor.name, text: folded(actor.name), rank: actor.label_rank })),
  ...datasets.map((dataset) => ({ kind: "dataset", key: dataset.n, name: dataset.title, text: folded(dataset.title), rank: 1e6 })),
];

function found(query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const within = new RegExp(`(^|\\W)${words[0].replace(/\W/g, "\\$&")}`);
  const score = ({ text }) => {
    if (text.split(/\s+/).filter(Boolean).join(" ") === words.join(" ")) return -1;
    return text.startsWith(words[0]) ? 0 : within.test(text) ? 1 : 2;
  };
  return entries.filter((entry) => words.every((each) => entry.text.includes(each)))
    .map((entry) => ({ ...entry, score: score(entry) + (entry.kind === "dataset" ? 0.5 : 0) }))
    .sort((a, b) => a.score - b.score || a.rank - b.rank || a.name.localeCompare(b.name, state.language))
    .slice(0, 12);
}

let results = [];
let active = -1;

function renderSearch() {
  const kept = byId("query") ? byId("query").value : "";
  byId("search").replaceChildren(
    element("input", {
      id: "query", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
      placeholder: word(narrow() ? "search_short" : "search"), "aria-label": word("search"), "aria-controls": "results",
      "aria-expanded": "false", "aria-autocomplete": "list",
      oninput: renderResults, onkeydown: onSearchKey, onfocus: renderResults,
      onblur: () => setTimeout(closeResults, 150),
    }),
    element("ul", { id: "results", role: "listbox", "aria-label": word("search"), hidden: true }),
  );
  byId("query").value = kept;
}

function renderResults() {
  const query = byId("query").value;
  results = found(query);
  active = results.length ? 0 : -1;
  const list = byId("results");
  list.replaceChildren(...(results.length ? results.map((entry, index) => element("li", {
    id: `result-${index}`, role: "option", onmousedown: (event) => { event.preventDefault(); choose(index); },
  }, shapeIcon(entry.kind === "actor" ? sectorOf(actors[entry.key]) : "dataset",
    entry.kind === "actor" && actors[entry.key].outside), element("span", {}, entry.name)))
    : [element("li", { class: "soft", role: "option", "aria-disabled": "true" }, word("no_result"))]));
  list.hidden = !query.trim();
  byId("query").setAttribute("aria-expanded", String(!list.hidden));
  if (query.trim()) byId("said").textContent = word("search_results", { count: results.length });
  markActive();
}

function markActive() {
  results.forEach((_, index) => byId(`result-${index}`).setAttribute("aria-selected", String(index === active)));
  if (active >= 0) byId("query").setAttribute("aria-activedescendant", `result-${active}`);
  else byId("query").removeAttribute("aria-activedescendant");
  if (active >= 0) byId(`result-${active}`).scrollIntoView({ block: "nearest" });
}

function onSearchKey(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && results.length) {
    event.preventDefault();
    active = (active + step + results.length) % results.length;
    markActive();
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    choose(active);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (byId("results").hidden) byId("query").value = "";
    closeResults();
  }
}

function closeResults() {
  byId("results").hidden = true;
  byId("query").setAttribute("aria-expanded", "false");
}

function choose(index) {
  const entry = results[index];
  closeResults();
  byId("query").value = "";
  select({ kind: entry.kind, key: entry.key }, { fly: true, read: true });
}
