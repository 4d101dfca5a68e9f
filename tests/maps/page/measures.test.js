import assert from "node:assert/strict";
import { test } from "node:test";

import { largestOf, marksOf, ramp, shareOf } from "../../../ecosystem/maps/page/scripts/view/scaling.js";

test("shares run from 0 to 1 at the largest value, whatever its sign", () => {
  const values = [2, -4, null, 0];
  assert.equal(largestOf(values), 4);
  assert.deepEqual(
    values.map((value) => shareOf(value, 4)),
    [0.5, 1, 0, 0],
  );
  // Where all values are 0, or none is defined, nobody stands out.
  assert.equal(shareOf(0, largestOf([0, 0])), 0);
  assert.equal(largestOf([null]), 0);
});

test("the largest of very many values", () => {
  assert.equal(largestOf(Array.from({ length: 300_000 }, (_, index) => index)), 299_999);
});

test("a ramp goes through its colours, and mixes between them channel by channel", () => {
  const stops = ["#000000", "#804020", "#ffffff"];
  assert.equal(ramp(stops, 0), "#000000");
  assert.equal(ramp(stops, 0.5), "#804020");
  assert.equal(ramp(stops, 1), "#ffffff");
  assert.equal(ramp(stops, 0.25), "#402010");
  assert.equal(ramp(["#000000", "#010101"], 0.4), "#000000");
});

test("a scale shows the least, one near the middle, and the most", () => {
  const text = (value) => String(value);
  const marks = marksOf([8, 1, null, 3, 5], text);
  assert.deepEqual(marks, [
    ["1", { share: 1 / 8, value: 1 }],
    ["3", { share: 3 / 8, value: 3 }],
    ["8", { share: 1, value: 8 }],
  ]);
});

test("a scale says a text once, and nothing of what is not defined", () => {
  assert.deepEqual(
    marksOf([2, 2], String).map(([text]) => text),
    ["2"],
  );
  assert.deepEqual(marksOf([null, null], String), []);
  assert.deepEqual(
    marksOf([0.001, 1], (value) => value.toFixed(1)).map(([text]) => text),
    ["0.0", "1.0"],
  );
});
