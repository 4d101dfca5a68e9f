// What the panel says when nothing is selected.

import { canGroup, communities, mustGroup } from "../data/communities.js";
import { actors, conversations, findings, model } from "../data/content.js";
import { state } from "../data/state.js";
import { capital, code, defined, say, word } from "../data/words.js";
import { byId, element } from "../elements.js";
import { measureNamed } from "../view/measures.js";
import { badgeIcon } from "./icons.js";
import { findingLine, goActor, shortList, sources, talkLine } from "./pieces.js";

export function overview() {
  const brokers = actors.filter((actor) => actor.broker).sort((a, b) => a.broker.rank - b.broker.rank);
  const reasons = new Map();
  findings.forEach((finding, index) => {
    if (!reasons.has(finding.reason)) reasons.set(finding.reason, []);
    reasons.get(finding.reason).push(index);
  });
  const lists = new Map();
  conversations.forEach((talk, index) => {
    if (!lists.has(talk.list)) lists.set(talk.list, []);
    lists.get(talk.list).push(index);
  });
  return [
    element(
      "section",
      { class: "reading" },
      element("h2", {}, word("what_you_see")),
      element("p", {}, say(model.reading)),
      canGroup ? element("p", {}, word(mustGroup ? "grouped_huge" : "grouped", { count: communities.length })) : "",
      element("div", { id: "reading-scales" }),
    ),
    element(
      "section",
      {},
      element("h2", {}, badgeIcon("broker", "1"), word("who_holds")),
      brokers.length
        ? element(
            "ol",
            { class: "brokers" },
            brokers.map((actor) =>
              element(
                "li",
                {},
                element("span", { class: "rank", "aria-hidden": "true" }, String(actor.broker.rank)),
                element("div", {}, goActor(actor.n), element("p", { class: "soft" }, say(actor.broker.text))),
              ),
            ),
          )
        : element("p", { class: "soft" }, word("no_broker")),
    ),
    element(
      "section",
      {},
      element("h2", {}, badgeIcon("gap", "1"), word("agenda")),
      element("p", { class: "soft" }, word(conversations.length ? "talks_marked" : "no_talk")),
      [...lists].map(([name, indexes]) =>
        element(
          "details",
          { class: "reason", open: name === "bring-about" },
          element(
            "summary",
            {},
            element("span", {}, code("list", name)),
            element("span", { class: "count" }, String(indexes.length)),
          ),
          shortList(indexes, talkLine, { first: 8, name: "talk-list" }),
        ),
      ),
      findings.length
        ? element(
            "details",
            { class: "more" },
            element("summary", {}, word("all_gaps", { count: findings.length })),
            [...reasons].map(([reason, indexes]) =>
              element(
                "details",
                { class: "reason" },
                element(
                  "summary",
                  {},
                  element("span", {}, capital(code("reason", reason))),
                  element("span", { class: "count" }, String(indexes.length)),
                ),
                shortList(indexes, findingLine, { first: 8 }),
              ),
            ),
          )
        : "",
    ),
    element(
      "section",
      { class: "about" },
      element("h2", {}, word("about")),
      element("p", { class: "soft" }, [say(model.licence), say(model.notice)].filter(Boolean).join(" ")),
      ...(model.caution ? [element("p", { class: "soft" }, say(model.caution))] : []),
      element(
        "details",
        { class: "more" },
        element("summary", {}, word("all_sources", { count: Object.keys(model.sources).length })),
        sources(Object.keys(model.sources)),
      ),
    ),
  ];
}

// What size and colour say just now.
export function renderReading() {
  const box = byId("reading-scales");
  if (!box) return;
  const told = [
    [word("size"), measureNamed(state.size)],
    [word("colour"), measureNamed(state.colour)],
  ];
  box.replaceChildren(
    ...told
      .filter(([, measure]) => measure)
      .map(([part, measure]) =>
        element("p", { class: "soft" }, `${defined(part, say(measure.label))}, ${say(measure.reading)}.`),
      ),
  );
}
