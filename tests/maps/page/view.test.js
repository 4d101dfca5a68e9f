import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { open, pageOf } from "./packing.js";

// 0 -> 1 -> 2 -> 3, where 3 stands outside of everything but its flow, and 4 has none. The second flow is
// wished; the first carries dataset 0, which actor 0 holds. Actor 2 is the public at large.
open(
  pageOf({
    actors: [{ type: "commune" }, {}, { public: true }, { sector: "private" }, {}],
    flows: [
      [0, 1, "active", 0],
      [1, 2, "wished"],
      [2, 3, "active"],
    ],
    datasets: [
      [0, "TRAN"],
      [4, "ENER"],
    ],
    findings: [{ actors: [4], datasets: [1], flows: [] }],
    conversations: [
      { actors: [1, 2], datasets: [0], flows: ["f1"], findings: [0] },
      { actors: [1], flows: ["f2"] },
      { actors: [3], list: "watch", number: null, met: [3] },
    ],
    measure: [4, 1, null, 0, 2],
  }),
);
const { OF_ACTORS, OPENING, state } = await import("../../../ecosystem/maps/page/scripts/data/state.js");
const content = await import("../../../ecosystem/maps/page/scripts/data/content.js");
const view = await import("../../../ecosystem/maps/page/scripts/view/view.js");
const focus = await import("../../../ecosystem/maps/page/scripts/view/focus.js");
const measures = await import("../../../ecosystem/maps/page/scripts/view/measures.js");

beforeEach(() => {
  for (const hidden of Object.values(state.without)) hidden.clear();
  Object.assign(state, {
    show: { ...OPENING.show },
    selected: null,
    steps: 0,
    size: OPENING.size,
    colour: OPENING.colour,
  });
});

function shown() {
  view.refreshView();
  return { nodes: view.nodesShown(), edges: view.edgesShown().map(({ id }) => id) };
}

test("all actors and their flows, no datasets", () => {
  assert.deepEqual(shown(), { nodes: [0, 1, 2, 3, 4], edges: ["e0", "e1", "e2"] });
  assert.equal(view.filtered(), false);
});

test("what filters hide takes its flows along", () => {
  state.without.sector.add("private");
  assert.deepEqual(shown(), { nodes: [0, 1, 2, 4], edges: ["e0", "e1"] });
  state.without.status.add("wished");
  assert.deepEqual(shown().edges, ["e0"]);
  assert.equal(view.filtered(), true);
  assert.deepEqual(
    OF_ACTORS.map(([name]) => name),
    ["sector", "type", "territory"],
  );
});

test("flows to and from the public at large can be hidden", () => {
  state.show.publicFlows = false;
  assert.deepEqual(shown(), { nodes: [0, 1, 2, 3, 4], edges: ["e0"] });
  assert.equal(view.filtered(), true);
});

test("with datasets, a flow goes through its own", () => {
  state.show.datasets = true;
  assert.deepEqual(shown(), { nodes: [0, 1, 2, 3, 4, "d0", "d1"], edges: ["e1", "e2", "h0", "h1", "d0"] });
  state.without.theme.add("ENER");
  assert.deepEqual(shown().nodes, [0, 1, 2, 3, 4, "d0"]);
  state.without.theme.clear();
  state.without.type.add("commune");
  assert.deepEqual(shown(), { nodes: [1, 2, 3, 4, "d1"], edges: ["e1", "e2", "h1"] });
});

test("steps keep what is so near to the selection", () => {
  state.selected = { kind: "actor", key: 1 };
  state.steps = 1;
  assert.deepEqual(shown(), { nodes: [0, 1, 2], edges: ["e0", "e1"] });
  state.without.status.add("wished");
  assert.deepEqual(shown(), { nodes: [0, 1], edges: ["e0"] });
});

test("a conversation shows its datasets, and is in focus with its actors and flows", () => {
  state.selected = { kind: "conversation", key: 0 };
  view.refreshView();
  assert.deepEqual(
    view.nodesShown().filter((id) => typeof id === "string"),
    ["d0"],
  );
  const { nodes, edges } = focus.focusOf(state.selected);
  assert.ok(nodes.has(1) && nodes.has(2) && nodes.has("d0") && !nodes.has(3));
  assert.ok(edges.has("e1") && !edges.has("e0"));
});

test("an actor bears the number of its first conversation, a flow that of the one that would change it", () => {
  assert.deepEqual(content.actors.map(content.talkMark), ["", "1+", "1", "", ""]);
  assert.deepEqual([0, 1, 2].map(content.flowMark), [undefined, 1, 2]);
  assert.deepEqual(content.talksOf, [[], [0, 1], [0], [2], []]);
});

test("a finding shows the datasets that it is about, and is in focus with them", () => {
  state.selected = { kind: "finding", key: 0 };
  assert.deepEqual(shown().nodes, [0, 1, 2, 3, 4, "d1"]);
  focus.refocus();
  assert.deepEqual(focus.focus, { nodes: new Set([4, "d1"]), edges: new Set() });
});

test("a selection is revealed, whatever hides it", () => {
  state.without.sector.add("private").add("public");
  view.reveal({ kind: "actor", key: 3 });
  assert.deepEqual(state.without.sector, new Set(["public"]));
});

test("in focus: an actor with its flows, a flow with its ends, what is wished if that is asked", () => {
  shown();
  const inFocus = (selected) => focus.focusOf(selected);
  assert.equal(inFocus(null), null);
  assert.deepEqual(inFocus({ kind: "actor", key: 1 }), { nodes: new Set([1, 0, 2]), edges: new Set(["e0", "e1"]) });
  assert.deepEqual(inFocus({ kind: "edge", key: "e2" }), { nodes: new Set([2, 3]), edges: new Set(["e2"]) });
  state.show.wanted = true;
  assert.deepEqual(inFocus(null), { nodes: new Set([1, 2]), edges: new Set(["e1"]) });
});

test("the size of an actor is its share of the largest, or the same for all", () => {
  assert.deepEqual([0, 1, 2, 3, 4].map(measures.sizeOf), [1, 0.25, 0, 0, 0.5]);
  state.size = "";
  assert.deepEqual([0, 1, 2, 3, 4].map(measures.sizeOf), [0.25, 0.25, 0.25, 0.25, 0.25]);
});
