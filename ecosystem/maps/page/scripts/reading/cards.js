// What the panel says of what is selected: an actor, a dataset, a line, a finding, a community.

import { sectorOf } from "../data/codes.js";
import { communities } from "../data/communities.js";
import {
  actors,
  conversations,
  datasets,
  findings,
  flowIndex,
  flows,
  flowsIn,
  flowsOfDataset,
  flowsOut,
  held,
  needs,
  parts,
  talksOf,
} from "../data/content.js";
import { isGroupId } from "../data/ids.js";
import { opened } from "../data/signals.js";
import { state } from "../data/state.js";
import { capital, code, communityName, defined, nodeName, say, territoryName, word } from "../data/words.js";
import { element, link } from "../elements.js";
import { measuresTold, otherMeasuresTold } from "../view/measures.js";
import { edgeOf, flowsShown } from "../view/view.js";
import { badgeIcon, lineIcon, shapeIcon } from "./icons.js";
import {
  facts,
  findingLine,
  flowLine,
  goActor,
  goDataset,
  goNode,
  kindLine,
  needLine,
  section,
  shortList,
  sourceList,
  statusOrder,
  talkLine,
} from "./pieces.js";

const LISTED = 500; // of a very long list, the panel shows so many

export const CARDS = {
  actor: actorPanel,
  dataset: datasetPanel,
  edge: edgePanel,
  finding: findingPanel,
  conversation: talkPanel,
  community: communityPanel,
};

// The measures that neither size nor colour says, folded.
function otherMeasures(n) {
  const told = otherMeasuresTold(n);
  return told.length
    ? element("details", { class: "more" }, element("summary", {}, word("all_measures")), facts(told))
    : "";
}

// How far the rank of an actor can be trusted.
function stabilityTold({ low, high, top_share: share, verdict }) {
  const rank = low === high ? String(low) : `${low}–${high ?? word("no_rank")}`;
  const often = share === null ? "" : ` · ${word("top_share", { share: Math.round(share * 100) })}`;
  const told = `${word("rank_between", { rank })}${often}`;
  return verdict ? `${capital(code("verdict", verdict))} (${told})` : capital(told);
}

function actorPanel(n) {
  const actor = actors[n];
  const [inward, outward] = [[...flowsIn[n]].sort(statusOrder), [...flowsOut[n]].sort(statusOrder)];
  const own = needs.filter((need) => need.actor === n);
  const about = [
    actor.source,
    ...[...inward, ...outward].map((index) => flows[index].source),
    ...own.map((need) => need.source),
  ];
  return [
    kindLine(
      shapeIcon(sectorOf(actor), actor.outside),
      [code("type", actor.type), code("sector", actor.sector)]
        .filter(Boolean)
        .map((text, index) => (index ? ` · ${text}` : capital(text)))
        .join(""),
    ),
    element("h2", {}, actor.name),
    actor.description ? element("p", {}, actor.description) : "",
    facts([
      [word("territory"), territoryName(actor.territory) + (actor.outside ? ` (${word("outside")})` : "")],
      [word("part_of"), actor.parent === null || actor.parent === undefined ? "" : goActor(actor.parent)],
      ...measuresTold(n),
      [word("role"), actor.broker ? "" : say(actor.role)],
      [word("stability"), actor.stability ? stabilityTold(actor.stability) : ""],
      [word("website"), actor.url ? link(actor.url) : ""],
    ]),
    otherMeasures(n),
    actor.broker
      ? element(
          "p",
          { class: "callout broker" },
          element("strong", {}, defined(word("broker_rank", { rank: actor.broker.rank }), "")),
          say(actor.broker.text),
        )
      : "",
    talksOf[n].length ? section(word("talks"), shortList(talksOf[n], talkLine, { name: "talk-list" })) : "",
    outward.length
      ? section(
          `${word("gives")} (${outward.length})`,
          shortList(outward, (index) => flowLine(index, [word("to"), goActor(flows[index].recipient)]), {
            first: 8,
            name: "flow-list",
          }),
        )
      : "",
    inward.length
      ? section(
          `${word("receives")} (${inward.length})`,
          shortList(inward, (index) => flowLine(index, [word("from"), goActor(flows[index].provider)]), {
            first: 8,
            name: "flow-list",
          }),
        )
      : "",
    own.length
      ? section(
          `${word("needs")} (${own.length})`,
          shortList(own, (need) => needLine(need, false), { name: "flow-list" }),
        )
      : "",
    held[n].length ? section(`${word("holds")} (${held[n].length})`, shortList(held[n], goDataset, { first: 8 })) : "",
    parts[n].length ? section(word("parts"), shortList(parts[n], goActor)) : "",
    actor.gaps.length ? section(word("gaps_here"), shortList(actor.gaps, findingLine, { name: "gap-list" })) : "",
    sourceList(about),
  ];
}

function datasetPanel(n) {
  const dataset = datasets[n];
  const passed = [...flowsOfDataset[n]].sort(statusOrder);
  const wanted = needs.filter((need) => need.dataset === n);
  const talks = conversations.map((_, index) => index).filter((index) => conversations[index].datasets.includes(n));
  const gaps = findings.map((_, index) => index).filter((index) => findings[index].datasets.includes(n));
  return [
    kindLine(shapeIcon("dataset"), capital(word("dataset"))),
    element("h2", {}, dataset.title),
    facts([
      [word("holder"), dataset.holder === null ? "" : goActor(dataset.holder)],
      [word("theme"), code("theme", dataset.theme)],
      [word("access"), code("access", dataset.access)],
      [word("personal_data"), code("personal_data", dataset.personal_data)],
      [word("format"), dataset.format],
      [word("licence"), dataset.licence],
      [word("website"), dataset.url ? link(dataset.url) : ""],
    ]),
    section(
      word("flows_of_dataset"),
      passed.length
        ? shortList(
            passed,
            (index) => [
              element(
                "p",
                { class: "flow-head" },
                goActor(flows[index].provider),
                " → ",
                goActor(flows[index].recipient),
              ),
              flowLine(index, []).slice(1),
            ],
            { name: "flow-list", first: 8 },
          )
        : element("p", { class: "soft" }, word("no_flow_of_dataset")),
    ),
    wanted.length
      ? section(
          word("wanted_by"),
          shortList(wanted, (need) => needLine(need, true), { name: "flow-list" }),
        )
      : "",
    talks.length ? section(word("talks"), shortList(talks, talkLine, { name: "talk-list" })) : "",
    gaps.length ? section(word("gaps_here"), shortList(gaps, findingLine, { name: "gap-list" })) : "",
    sourceList([dataset.source, ...passed.map((index) => flows[index].source)]),
  ];
}

function edgePanel(id) {
  const edge = edgeOf(id);
  const own = flowsShown(edge);
  return [
    kindLine(
      lineIcon(edge.status),
      [capital(word(edge.layer === "holds" ? "holds" : "flow")), code("status", edge.status)]
        .filter(Boolean)
        .join(" · "),
    ),
    element("h2", {}, `${nodeName(edge.from)} → ${nodeName(edge.to)}`),
    facts([
      [capital(word("from")), goNode(edge.from)],
      [capital(word("to")), goNode(edge.to)],
    ]),
    own.length
      ? section(
          `${word("status")} (${own.length})`,
          shortList(
            own.slice(0, LISTED),
            (index) =>
              flowLine(
                index,
                isGroupId(edge.from) || isGroupId(edge.to)
                  ? [goActor(flows[index].provider), "→", goActor(flows[index].recipient)]
                  : [],
              ),
            { name: "flow-list", first: 10 },
          ),
        )
      : "",
    sourceList(own.slice(0, LISTED).map((index) => flows[index].source)),
  ];
}

function findingPanel(index) {
  const finding = findings[index];
  return [
    kindLine(
      badgeIcon("gap", "!"),
      [capital(code("reason", finding.reason)), code("severity", finding.severity)].filter(Boolean).join(" · "),
    ),
    element("h2", { class: "sentence" }, say(finding.sentence)),
    element(
      "p",
      { class: "callout next" },
      element("strong", {}, defined(word("next_step"), "")),
      say(finding.next_step),
    ),
    finding.actors.length ? section(word("sector"), shortList(finding.actors, goActor)) : "",
    finding.datasets.length ? section(word("datasets"), shortList(finding.datasets, goDataset)) : "",
    finding.flows.length
      ? section(
          word("status"),
          shortList(
            finding.flows,
            (id) => {
              const at = flowIndex.get(id);
              return at === undefined
                ? id
                : flowLine(at, [goActor(flows[at].provider), "→", goActor(flows[at].recipient)]);
            },
            { name: "flow-list" },
          ),
        )
      : "",
    sourceList([
      ...finding.actors.map((n) => actors[n].source),
      ...finding.datasets.map((n) => datasets[n].source),
      ...finding.flows.map((id) => flows[flowIndex.get(id)]?.source),
    ]),
  ];
}

function talkPanel(index) {
  const talk = conversations[index];
  return [
    kindLine(badgeIcon("gap", talk.number === null ? "?" : String(talk.number)), code("list", talk.list)),
    element("h2", { class: "sentence" }, say(talk.title)),
    talk.parts.map(([name, lines]) =>
      section(
        code("part", name),
        lines.length === 1
          ? element("p", {}, say(lines[0]))
          : element(
              "ul",
              { class: "plain-list talk-lines" },
              lines.map((line) => element("li", {}, say(line))),
            ),
      ),
    ),
    talk.actors.length ? section(word("sector"), shortList(talk.actors, goActor)) : "",
    talk.datasets.length ? section(word("datasets"), shortList(talk.datasets, goDataset)) : "",
    talk.findings.length
      ? section(word("treats"), shortList(talk.findings, findingLine, { first: 3, name: "gap-list" }))
      : "",
    sourceList([
      ...talk.flows.map((id) => flows[flowIndex.get(id)]?.source),
      ...talk.datasets.map((n) => datasets[n].source),
    ]),
  ];
}

function communityPanel(index) {
  const members = [...communities[index]].sort((a, b) => actors[a].label_rank - actors[b].label_rank);
  const inside = new Set(members);
  const open = state.opened.has(index);
  const touching = flows.filter((flow) => inside.has(flow.provider) || inside.has(flow.recipient));
  const within = touching.filter((flow) => inside.has(flow.provider) && inside.has(flow.recipient)).length;
  return [
    kindLine(shapeIcon("community"), capital(word("community"))),
    element("h2", {}, communityName(index)),
    element("p", {}, word("community_flows", { within, across: touching.length - within })),
    state.show.groups
      ? element(
          "button",
          {
            class: "action",
            type: "button",
            id: "open-community",
            "aria-expanded": String(open),
            onclick: () => opened.tell(index, !open),
          },
          word(open ? "close_community" : "open_community"),
        )
      : "",
    section(
      `${word("members")} (${members.length})`,
      shortList(members.slice(0, LISTED), goActor, { first: 12, name: "members" }),
    ),
  ];
}
