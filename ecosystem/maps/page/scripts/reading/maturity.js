// A reading of maturity by dimension, over the map: territories side by side, in the order of the data.

import { maturity } from "../data/content.js";
import { state } from "../data/state.js";
import { capital, code, territoryName, word } from "../data/words.js";
import { byId, element } from "../elements.js";
import { levelIcon } from "./icons.js";

export function renderMaturity() {
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
    return element(
      "td",
      { title: row.evidence },
      row.level === null ? "" : levelIcon(row.level),
      element("span", { class: where.length > 1 ? "unseen" : "" }, said),
      where.length === 1 && row.evidence ? element("p", { class: "soft" }, row.evidence) : "",
    );
  };
  box.replaceChildren(
    element("h2", {}, word("maturity")),
    element("p", { class: "soft" }, word("maturity_note")),
    element(
      "table",
      {},
      where.length > 1
        ? element(
            "thead",
            {},
            element(
              "tr",
              {},
              element("td", {}),
              where.map((territory) => element("th", { scope: "col" }, territoryName(territory))),
            ),
          )
        : "",
      element(
        "tbody",
        {},
        dimensions.map((dimension) =>
          element(
            "tr",
            {},
            element("th", { scope: "row" }, capital(code("dimension", dimension))),
            where.map((territory) => cell(territory, dimension)),
          ),
        ),
      ),
    ),
  );
}
