import assert from "node:assert/strict";
import { test } from "node:test";

import { strongestLinks } from "../../../ecosystem/maps/page/scripts/view/links.js";
import { within } from "../../../ecosystem/maps/page/scripts/view/steps.js";
import { draws } from "./packing.js";

// A graph drawn at random, with the flows of each actor.
function drawn(seed, actors, count) {
  const draw = draws(seed);
  const one = () => Math.floor(draw() * actors);
  const flows = Array.from({ length: count }, () => ({ provider: one(), recipient: one(), status: "active" }));
  const ends = (side) =>
    Array.from({ length: actors }, (_, n) => flows.flatMap((flow, index) => (flow[side] === n ? [index] : [])));
  const passing = flows.map(() => draw() < 0.7);
  return { flows, flowsOut: ends("provider"), flowsIn: ends("recipient"), passing };
}

test("steps follow flows both ways, and only those that pass", () => {
  const flows = [
    { provider: 0, recipient: 1 },
    { provider: 2, recipient: 1 },
    { provider: 2, recipient: 3 },
  ];
  const graph = { flows, flowsOut: [[0], [], [1, 2], []], flowsIn: [[], [0, 1], [], [2]], passing: [true, true, true] };
  const reached = (steps, passing = graph.passing) => [...within([0], steps, { ...graph, passing })];
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((steps) => reached(steps)),
    [[0], [0, 1], [0, 1, 2], [0, 1, 2, 3], [0, 1, 2, 3]],
  );
  assert.deepEqual(reached(3, [true, false, true]), [0, 1]);
  assert.deepEqual([...within([], 3, graph)], []);
});

test("steps reach whoever a chain of so many flows reaches: the same by spreading over all flows", () => {
  for (const seed of [1, 2, 3]) {
    const graph = drawn(seed, 40, 60);
    for (const steps of [1, 2, 3]) {
      let expected = new Set([0, 5]);
      for (let step = 0; step < steps; step += 1) {
        const next = new Set(expected);
        graph.flows.forEach(({ provider, recipient }, index) => {
          if (!graph.passing[index]) return;
          if (expected.has(provider)) next.add(recipient);
          if (expected.has(recipient)) next.add(provider);
        });
        expected = next;
      }
      const order = (a, b) => a - b;
      assert.deepEqual([...within([0, 5], steps, graph)].sort(order), [...expected].sort(order));
    }
  }
});

// Actors 0 to 3 are in communities c0, c0, c1, c2; actor 9 is a broker and stands for itself.
const standsFor = (n) => (n === 9 ? 9 : ["c0", "c0", "c1", "c2"][n]);
const counts = () => true;

test("flows between the same two are one link, those inside a community none", () => {
  const flows = [
    { provider: 0, recipient: 1, status: "active" },
    { provider: 0, recipient: 2, status: "wished" },
    { provider: 1, recipient: 2, status: "active" },
    { provider: 2, recipient: 0, status: "blocked" },
    { provider: 9, recipient: 3, status: "planned" },
  ];
  const links = strongestLinks(flows, { counts, standsFor, most: 4 });
  const told = [...links.values()].map(({ edge, flows: own }) => [edge.from, edge.to, edge.status, own]);
  assert.deepEqual(told, [
    ["c0", "c1", "active", [1, 2]],
    // Equal ones in the order of their ids.
    [9, "c2", "planned", [4]],
    ["c1", "c0", "blocked", [3]],
  ]);
  const some = strongestLinks(flows, { counts: (_, index) => index !== 2, standsFor, most: 4 });
  assert.equal(some.get("gc0>c1").edge.status, "wished");
});

test("a link stays if it is among the strongest of one of its ends", () => {
  const flow = (provider, recipient) => ({ provider, recipient, status: "active" });
  const flows = [flow(0, 2), flow(0, 2), flow(0, 2), flow(0, 3), flow(0, 3), flow(2, 3), flow(9, 0)];
  const kept = (most) => [...strongestLinks(flows, { counts, standsFor, most }).keys()];
  // Of three flows c0>c1, of two c0>c2, of one c1>c2 and 9>c0.
  assert.deepEqual(kept(4), ["gc0>c1", "gc0>c2", "g9>c0", "gc1>c2"]);
  // c0 and c1 have theirs; c0>c2 is the first of c2; then both ends of c1>c2 are full, and c0 too.
  assert.deepEqual(kept(1), ["gc0>c1", "gc0>c2"]);
});

test("links between brokers are never left out", () => {
  const flows = Array.from({ length: 20 }, (_, index) => ({ provider: index, recipient: 30, status: "active" }));
  assert.equal(strongestLinks(flows, { counts, standsFor: (n) => n, most: 1 }).size, 20);
});
