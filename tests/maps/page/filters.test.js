import assert from "node:assert/strict";
import { test } from "node:test";

import { sectorOf } from "../../../ecosystem/maps/page/scripts/data/codes.js";
import {
  byCount,
  filtersFor,
  filtersOf,
  passes,
  talliesOf,
} from "../../../ecosystem/maps/page/scripts/data/filters.js";

const CONTENT = {
  actors: [
    { sector: "public", type: "commune", territory: "lr" },
    { sector: "nonsense", type: null, territory: "lr" },
    { sector: null, territory: null },
  ],
  datasets: [{ theme: "TRAN", access: "" }],
  flows: [
    { status: "active", dataset: 0, barrier: "" },
    { status: "wished", dataset: null, barrier: "legal" },
  ],
};
const filters = filtersOf(CONTENT, sectorOf);

test("each filter counts the values of what it looks at", () => {
  const tallies = Object.fromEntries(Object.entries(filters).map(([name, each]) => [name, [...each.tallies]]));
  assert.deepEqual(tallies, {
    // A sector that the map does not know is drawn as not stated.
    sector: [
      ["public", 1],
      ["", 2],
    ],
    type: [
      ["commune", 1],
      ["", 2],
    ],
    territory: [
      ["lr", 2],
      ["", 1],
    ],
    status: [
      ["active", 1],
      ["wished", 1],
    ],
    // A flow has the theme and access of its dataset.
    theme: [
      ["TRAN", 1],
      ["", 1],
    ],
    access: [["", 2]],
    barrier: [
      ["", 1],
      ["legal", 1],
    ],
  });
});

test("a row passes if none of its values is hidden", () => {
  const without = Object.fromEntries(Object.keys(filters).map((name) => [name, new Set()]));
  const ofActors = filtersFor(filters, "actors");
  assert.deepEqual(
    ofActors.map(([name]) => name),
    ["sector", "type", "territory"],
  );
  const passing = () => CONTENT.actors.map((actor) => passes(ofActors, without, actor));
  assert.deepEqual(passing(), [true, true, true]);
  without.sector.add("");
  assert.deepEqual(passing(), [true, false, false]);
  without.territory.add("lr");
  assert.deepEqual(passing(), [false, false, false]);
  without.sector.clear();
  assert.deepEqual(passing(), [false, false, true]);
  without.status.add("active");
  assert.deepEqual(
    CONTENT.flows.map((flow) => passes(filtersFor(filters, "flows"), without, flow)),
    [false, true],
  );
});

test("values stand by how often they occur, then by name, what is not stated last", () => {
  const tallies = talliesOf(["b", "", "a", "", "", "c", "c"], (value) => value);
  assert.deepEqual(byCount(tallies), ["c", "a", "b", ""]);
});
