// Search by name: type, arrows, Enter.

import { sectorOf } from "../data/codes.js";
import { actors, datasets } from "../data/content.js";
import { chosen } from "../data/signals.js";
import { state } from "../data/state.js";
import { word } from "../data/words.js";
import { byId, element, narrow } from "../elements.js";
import { shapeIcon } from "./icons.js";
import { entriesOf, found } from "./ranking.js";

const entries = entriesOf(actors, datasets);
let results = [];
let active = -1;

export function renderSearch() {
  const kept = byId("query") ? byId("query").value : "";
  byId("search").replaceChildren(
    element("input", {
      id: "query",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: word(narrow() ? "search_short" : "search"),
      "aria-label": word("search"),
      "aria-controls": "results",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      oninput: renderResults,
      onkeydown: onSearchKey,
      onfocus: renderResults,
      onblur: () => setTimeout(closeResults, 150),
    }),
    element("ul", { id: "results", role: "listbox", "aria-label": word("search"), hidden: true }),
  );
  byId("query").value = kept;
}

function renderResults() {
  const query = byId("query").value;
  results = found(entries, query, state.language);
  active = results.length ? 0 : -1;
  const list = byId("results");
  list.replaceChildren(
    ...(results.length
      ? results.map((entry, index) =>
          element(
            "li",
            {
              id: `result-${index}`,
              role: "option",
              onmousedown: (event) => {
                event.preventDefault();
                choose(index);
              },
            },
            shapeIcon(
              entry.kind === "actor" ? sectorOf(actors[entry.key]) : "dataset",
              entry.kind === "actor" && actors[entry.key].outside,
            ),
            element("span", {}, entry.name),
          ),
        )
      : [element("li", { class: "soft", role: "option", "aria-disabled": "true" }, word("no_result"))]),
  );
  list.hidden = !query.trim();
  byId("query").setAttribute("aria-expanded", String(!list.hidden));
  if (query.trim()) byId("said").textContent = word("search_results", { count: results.length });
  markActive();
}

function markActive() {
  results.forEach((_, index) => {
    byId(`result-${index}`).setAttribute("aria-selected", String(index === active));
  });
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
  chosen.tell({ kind: entry.kind, key: entry.key }, { fly: true, read: true });
}
