import assert from "node:assert/strict";
import { test } from "node:test";

import { read, written } from "../../../ecosystem/maps/page/scripts/view/address.js";
import { draws } from "./packing.js";

const page = {
  opening: {
    language: "en",
    size: "betweenness",
    colour: "sector",
    show: { brokers: true, talks: true, datasets: false, groups: false },
  },
  things: {
    actor: [{ id: "ville" }, { id: "a&b=c#d" }],
    dataset: [{ id: "arrêts" }],
    finding: [{ id: "f1" }],
    conversation: [{ id: "pair:a:b" }],
    community: [{ id: "0" }, { id: "1" }],
  },
  values: {
    sector: ["public", "", "research"],
    status: ["active", "planned", "ended"],
    type: ["a,b", "régie", "_", "50 %, %2C"],
  },
  measures: ["betweenness", "in_degree"],
  compares: true,
  canGroup: true,
  mustGroup: false,
};

function opening(changes = {}) {
  const { show, ...rest } = page.opening;
  return {
    ...rest,
    show: { ...show },
    without: Object.fromEntries(Object.keys(page.values).map((name) => [name, new Set()])),
    opened: new Set(),
    selected: null,
    steps: 0,
    reading: "map",
    at: null,
    ...changes,
  };
}

test("a page as it opens has no address of its own, and no address opens it so", () => {
  assert.equal(written(opening(), page), "");
  assert.deepEqual(read("", page), opening());
});

test("an address says what differs, in words that can be read", () => {
  const state = opening({
    language: "fr",
    selected: { kind: "actor", key: 0 },
    steps: 2,
    size: "",
    colour: "in_degree",
    reading: "table",
    at: { x: 1.5, y: -20, scale: 2 },
    opened: new Set([1, 0]),
  });
  state.show.datasets = true;
  state.show.talks = false;
  state.without.sector.add("research").add("");
  state.without.status.add("planned");
  state.without.type.add("régie");
  assert.equal(
    decodeURIComponent(written(state, page)),
    "lang=fr&actor=ville&steps=2&without=research,_&status=active,wished,blocked,ended&without-type=régie" +
      "&talks=0&datasets=1&open=1,0&size=_&colour=in_degree&view=table&at=1.5,-20,2",
  );
  assert.deepEqual(read(written(state, page), page), state);
});

test("any state comes back from its address", () => {
  const draw = draws(7);
  const one = (list) => list[Math.floor(draw() * list.length)];
  const some = (list) => new Set(list.filter(() => draw() < 0.5));
  const things = Object.entries(page.things).flatMap(([kind, list]) => list.map((_, key) => ({ kind, key })));
  for (let round = 0; round < 500; round += 1) {
    const selected = one([null, ...things]);
    const state = opening({
      language: one(["fr", "en"]),
      size: one(["", ...page.measures]),
      colour: one(["sector", ...page.measures]),
      reading: one(["map", "table", "compare"]),
      selected,
      steps: selected ? one([0, 1, 2, 3]) : 0,
      opened: some([0, 1]),
      at: one([null, { x: Math.round(draw() * 1e4) / 100, y: -3, scale: 0.25 }]),
    });
    for (const [name, values] of Object.entries(page.values)) state.without[name] = some(values);
    for (const name of Object.keys(state.show)) state.show[name] = draw() < 0.5;
    assert.deepEqual(read(written(state, page), page), state);
  }
});

test("what a page does not have is as it opens", () => {
  const text =
    "lang=de&actor=nobody&steps=2&without=nonsense&size=nonsense&colour=nonsense&view=nonsense&open=7,x&at=1,2&nonsense=1";
  assert.deepEqual(read(text, page), opening());
  assert.deepEqual(read("at=1,2,0", page).at, null);
  assert.deepEqual(read("at=1,two,3", page).at, null);
  assert.equal(read("actor=ville&steps=9", page).steps, 0);
  assert.equal(read("view=compare", { ...page, compares: false }).reading, "map");
  assert.deepEqual(read("without=__proto__,constructor", page).without.sector, new Set());
});

test("a huge page stays grouped, a small one is never", () => {
  assert.equal(read("groups=0", { ...page, mustGroup: true }).show.groups, true);
  assert.equal(read("groups=1", { ...page, canGroup: false }).show.groups, false);
});

test("an edge cannot be sent, its selection is not said", () => {
  assert.equal(written(opening({ selected: { kind: "edge", key: "e3" } }), page), "");
});
