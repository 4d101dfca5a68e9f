// Territories side by side: small maps at one scale, with what each holds. No order of merit.

import { dashesOf, SHAPES, STATUSES, sectorOf, WANTED } from "../data/codes.js";
import { actors, flows, isPublic, model, talksOf } from "../data/content.js";
import { visited } from "../data/signals.js";
import { territoryName, word } from "../data/words.js";
import { bounds, shapePath } from "../drawing/geometry.js";
import { tintOf } from "../drawing/styles.js";
import { drawn, element } from "../elements.js";
import { sizeOf } from "../view/measures.js";
import { facts, goActor } from "./pieces.js";

const MINI = { width: 300, height: 210, room: 16 };

export function compareView() {
  return [
    element("h2", {}, word("view_compare")),
    element("p", { class: "soft" }, word("compare_note")),
    element("div", { class: "multiples" }, model.compared.map(miniature)),
  ];
}

function miniature(territory) {
  const own = actors.filter((actor) => actor.territory === territory);
  const inside = new Set(own.map((actor) => actor.n));
  const touching = flows.filter((flow) => inside.has(flow.provider) || inside.has(flow.recipient));
  const count = (...statuses) => touching.filter((flow) => statuses.includes(flow.status)).length;
  const talks = new Set(own.flatMap((actor) => talksOf[actor.n]));
  const first = own.filter((actor) => actor.broker).sort((a, b) => a.broker.rank - b.broker.rank)[0];
  const name = territoryName(territory);
  return element(
    "figure",
    { "data-territory": territory },
    element(
      "figcaption",
      {},
      element(
        "button",
        {
          class: "go",
          type: "button",
          onclick: () => visited.tell(territory),
        },
        name,
      ),
    ),
    smallMap(
      own,
      touching.filter((flow) => inside.has(flow.provider) && inside.has(flow.recipient)),
      name,
    ),
    facts([
      [word("sector"), String(own.length)],
      [word("active_flows"), String(count("active"))],
      [word("wanted"), String(count(...WANTED))],
      [word("talks"), String(talks.size)],
      [word("first_broker"), first ? goActor(first.n) : "–"],
    ]),
  );
}

function smallMap(own, lines, name) {
  const [[left, right], [top, bottom]] = ["x", "y"].map((axis) => bounds(own.map((actor) => actor[axis])));
  const { width, height, room } = MINI;
  const fit = (value, low, high, side) =>
    high > low ? room + ((value - low) / (high - low)) * (side - 2 * room) : side / 2;
  const at = (n) => [fit(actors[n].x, left, right, width), fit(actors[n].y, top, bottom, height)];
  const short = (value) => Math.round(value * 10) / 10;
  const drawnLines = lines
    .filter((flow) => flow.provider !== flow.recipient && !isPublic(flow))
    .map((flow) => {
      const [[x1, y1], [x2, y2]] = [at(flow.provider), at(flow.recipient)];
      const line = drawn("line", {
        x1: short(x1),
        y1: short(y1),
        x2: short(x2),
        y2: short(y2),
        class: `mini-line line-${STATUSES.includes(flow.status) ? flow.status : "active"}`,
      });
      const dashes = dashesOf(flow.status);
      if (dashes) line.setAttribute("stroke-dasharray", dashes.map((each) => each / 2).join(" "));
      return line;
    });
  const marks = own.map((actor) => {
    const [x, y] = at(actor.n);
    const mark = drawn("path", {
      d: shapePath(SHAPES[sectorOf(actor)], short(x), short(y), 2.6 + 5 * sizeOf(actor.n)),
      fill: tintOf(actor).fill,
      stroke: tintOf(actor).line,
    });
    return mark;
  });
  return drawn(
    "svg",
    { class: "mini", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": name },
    ...drawnLines,
    ...marks,
  );
}
