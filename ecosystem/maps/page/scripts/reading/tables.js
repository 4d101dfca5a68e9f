// The map as tables, filtered like the map: for screen readers, and to read every row.

import {
  actors,
  conversations,
  findings,
  flows,
  flowsIn,
  flowsOut,
  measures,
  needs,
  talksOf,
} from "../data/content.js";
import { state } from "../data/state.js";
import { capital, code, say, territoryName, word } from "../data/words.js";
import { element } from "../elements.js";
import { measureNamed, measureTold } from "../view/measures.js";
import { actorPasses, nodeShown, passing } from "../view/view.js";
import { go, goActor, goDataset } from "./pieces.js";

const ROWS = 500; // at first; the rest on demand
const shownRows = { actors: ROWS, flows: ROWS, needs: ROWS, talks: ROWS, gaps: ROWS };

export function tableView() {
  const inView = (n) => nodeShown(n) || (state.show.groups && actorPasses(n));
  const near = actors.filter((actor) => inView(actor.n));
  const own = flows
    .map((_, index) => index)
    .filter((index) => passing[index] && inView(flows[index].provider) && inView(flows[index].recipient));
  const asked = needs.filter((need) => inView(need.actor));
  const told = findings.map((_, index) => index).filter((index) => findings[index].actors.some(inView));
  const talks = conversations.map((_, index) => index).filter((index) => conversations[index].actors.some(inView));
  const known = measureNamed(state.size) || measures[0];
  return [
    table("actors", word("sector"), near, [
      [word("actor"), (actor) => goActor(actor.n)],
      [word("sector_of"), (actor) => code("sector", actor.sector)],
      [word("type"), (actor) => code("type", actor.type)],
      [word("territory"), (actor) => territoryName(actor.territory)],
      [capital(word("flows_out")), (actor) => String(flowsOut[actor.n].length)],
      [capital(word("flows_in")), (actor) => String(flowsIn[actor.n].length)],
      ...(known ? [[capital(say(known.label)), (actor) => measureTold(known, actor.n)]] : []),
      [word("broker_column"), (actor) => (actor.broker ? String(actor.broker.rank) : "")],
      [word("talks"), (actor) => String(talksOf[actor.n].length || "")],
    ]),
    table("flows", word("status"), own, [
      [capital(word("from")), (index) => goActor(flows[index].provider)],
      [capital(word("to")), (index) => goActor(flows[index].recipient)],
      [capital(word("dataset")), (index) => (flows[index].dataset === null ? "" : goDataset(flows[index].dataset))],
      [word("status_of"), (index) => code("status", flows[index].status)],
      [word("mode"), (index) => code("mode", flows[index].mode)],
      [capital(word("barrier_of")), (index) => code("barrier", flows[index].barrier)],
      [word("note"), (index) => flows[index].note || ""],
    ]),
    asked.length
      ? table("needs", word("needs"), asked, [
          [capital(word("actor")), (need) => goActor(need.actor)],
          [word("purpose"), (need) => need.purpose || ""],
          [word("theme"), (need) => code("theme", need.theme)],
          [capital(word("dataset")), (need) => (need.dataset === null ? "" : goDataset(need.dataset))],
          [word("status_of"), (need) => (need.met === null ? "" : word(need.met ? "need_met" : "need_unmet"))],
        ])
      : "",
    talks.length
      ? table("talks", word("agenda"), talks, [
          [word("talk"), (index) => go("conversation", index, say(conversations[index].title))],
          [word("kind_of"), (index) => code("list", conversations[index].list)],
          ...["who", "brings", "hard"].map((name) => [
            code("part", name),
            (index) => (partOf(conversations[index], name) || []).map(say).join(" "),
          ]),
        ])
      : "",
    told.length
      ? table("gaps", word("gaps"), told, [
          [word("reason"), (index) => capital(code("reason", findings[index].reason))],
          [word("finding"), (index) => go("finding", index, say(findings[index].sentence))],
          [word("next_step"), (index) => say(findings[index].next_step)],
        ])
      : "",
  ].filter(Boolean);
}

const partOf = ({ parts }, wanted) => parts.find(([name]) => name === wanted)?.[1];

function table(name, title, rows, columns) {
  const shown = rows.slice(0, shownRows[name]);
  return element(
    "section",
    { id: `${name}-table` },
    element("h2", {}, `${title} (${rows.length})`),
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          columns.map(([head]) => element("th", { scope: "col" }, head)),
        ),
      ),
      element(
        "tbody",
        {},
        shown.map((row) =>
          element(
            "tr",
            {},
            columns.map(([, cell], index) => element(index ? "td" : "th", index ? {} : { scope: "row" }, cell(row))),
          ),
        ),
      ),
    ),
    rows.length > shown.length
      ? element(
          "button",
          {
            class: "quiet",
            type: "button",
            onclick: (event) => {
              shownRows[name] += 2000;
              event.currentTarget.parentElement.replaceWith(table(name, title, rows, columns));
            },
          },
          word("more", { count: rows.length - shown.length }),
        )
      : "",
  );
}
