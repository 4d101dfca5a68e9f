// The heading: title, views, languages, zoom.

import { actors, datasets, flows, model } from "../data/content.js";
import { spoken } from "../data/signals.js";
import { state } from "../data/state.js";
import { month } from "../data/text.js";
import { say, word } from "../data/words.js";
import { wholeMap, zoomBy } from "../drawing/camera.js";
import { nameCanvas } from "../drawing/canvas.js";
import { byId, element } from "../elements.js";
import { remember } from "../view/history.js";
import { tool } from "./pieces.js";
import { read } from "./views.js";

export function renderHeading() {
  document.documentElement.lang = state.language;
  document.title = say(model.title);
  byId("title").textContent = say(model.title);
  const counts = word("counts", { actors: actors.length, flows: flows.length, datasets: datasets.length });
  byId("standfirst").textContent = [
    counts,
    model.date ? word("as_of", { date: month(model.date, state.language) }) : "",
    say(model.notice),
  ]
    .filter(Boolean)
    .join(" · ");
  nameCanvas();
  byId("zoom").setAttribute("aria-label", word("zoom"));
  byId("languages").setAttribute("aria-label", word("language"));
  byId("languages").replaceChildren(
    ...["fr", "en"].map((language) =>
      element(
        "button",
        {
          type: "button",
          lang: language,
          "aria-pressed": String(state.language === language),
          "aria-label": language === "fr" ? "FR, français" : "EN, English",
          onclick: () => spoken.tell(language),
        },
        language.toUpperCase(),
      ),
    ),
  );
  byId("zoom").replaceChildren(
    tool("zoom_in", "+", () => zoomBy(1.4)),
    tool("zoom_out", "−", () => zoomBy(1 / 1.4)),
    tool("fit", "⤢", () => {
      wholeMap();
      remember();
    }),
  );
  byId("views").setAttribute("aria-label", word("view"));
  byId("views").replaceChildren(
    ...[
      ["map", word("view_map")],
      ["table", word("view_table")],
      ["compare", word("view_compare")],
    ]
      .filter(([name]) => name !== "compare" || model.compared.length > 1)
      .map(([name, text]) =>
        element(
          "button",
          {
            type: "button",
            "data-view": name,
            "aria-pressed": String(state.reading === name),
            onclick: () => read(name),
          },
          text,
        ),
      ),
  );
}
