import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { open, pageOf } from "./packing.js";

// Communities are shown first above 2000 actors: 2100 in three communities, the 10th a broker.
const COUNT = 2100;
const actors = Array.from({ length: COUNT }, (_, n) => ({ community: n % 3, broker: n === 10 ? 1 : null }));
open(
  pageOf({
    actors,
    flows: [
      [0, 3, "active"],
      [0, 1, "wished"],
      [3, 4, "active"],
      [1, 10, "planned"],
    ],
  }),
);
const { canGroup, leading, mustGroup } = await import("../../../ecosystem/maps/page/scripts/data/communities.js");
const { state } = await import("../../../ecosystem/maps/page/scripts/data/state.js");
const view = await import("../../../ecosystem/maps/page/scripts/view/view.js");

beforeEach(() => {
  Object.assign(state, { opened: new Set(), selected: null, steps: 0 });
  state.show.groups = true;
});

test("a large page groups its actors, but need not", () => {
  assert.deepEqual([canGroup, mustGroup], [true, false]);
  assert.deepEqual(leading, [0, 1, 2]);
});

test("communities and brokers, with the links between them", () => {
  view.refreshView();
  assert.deepEqual(new Set(view.nodesShown()), new Set(["c0", "c1", "c2", 10]));
  assert.deepEqual(
    view.edgesShown().map(({ id, status, flows }) => [id, status, flows]),
    [
      ["gc0>c1", "active", [1, 2]],
      ["gc1>10", "planned", [3]],
    ],
  );
});

test("an open community shows its members in its place", () => {
  view.reveal({ kind: "actor", key: 3 });
  assert.deepEqual(state.opened, new Set([0]));
  view.refreshView();
  assert.equal(view.nodeShown("c0"), false);
  assert.equal(view.nodesShown().length, COUNT / 3 + 3);
  assert.deepEqual(new Set(view.edgesShown().map(({ id }) => id)), new Set(["g0>3", "g0>c1", "g3>c1", "gc1>10"]));
});

test("without groups, every actor is shown", () => {
  state.show.groups = false;
  view.refreshView();
  assert.equal(view.nodesShown().length, COUNT);
  assert.equal(view.edgesShown().length, 4);
});
