import assert from "node:assert/strict";
import { test } from "node:test";

import { inRows } from "../../../ecosystem/maps/page/scripts/picture/rows.js";
import { arrowhead, bar, curve, rimOf } from "../../../ecosystem/maps/page/scripts/picture/strokes.js";

const straight = (t) => [100 * t, 0];
// A parabola: (0, 0), (50, 50) in the middle, (100, 0); its control point is (50, 100).
const bowed = (t) => [100 * t, 200 * t * (1 - t)];

test("a curve is the quadratic one through its start, its middle and its end", () => {
  assert.equal(curve(bowed, 1).path, "M0.0 0.0Q50.0 100.0 100.0 0.0");
  // Its first half: at (50, 50) the curve is level, so its control point is (25, 50).
  assert.equal(curve(bowed, 0.5).path, "M0.0 0.0Q25.0 50.0 50.0 50.0");
});

test("a line ends at the rim of its end", () => {
  assert.ok(Math.abs(rimOf(straight, 10) - 0.9) < 0.011);
  assert.equal(rimOf(straight, 0), 1);
  // Of a marker that is wider than half of the line, half is still drawn.
  assert.ok(Math.abs(rimOf(straight, 1000) - 0.5) < 0.011);
});

test("a head points along the end of its curve, a bar stands across", () => {
  const size = 10;
  const [x, y] = [100 - size * Math.cos(0.42), size * Math.sin(0.42)].map((value) => value.toFixed(1));
  assert.equal(arrowhead(curve(straight, 1), size), `M100.0 0.0L${x} -${y}L${x} ${y}Z`);
  assert.equal(bar(curve(straight, 1), [50, 0]), "M50.0 -5.0L50.0 5.0");
});

test("the entries of a key go on in rows", () => {
  // 20 letters are 132 wide, with the gap after them 152: two of them fit in 330, not three.
  const entry = { text: "a".repeat(20), wide: 0 };
  const { places, below } = inRows([entry, entry, entry], { width: 330, line: 17 });
  assert.deepEqual(places, [
    { x: 16, y: 16 },
    { x: 168, y: 16 },
    { x: 16, y: 33 },
  ]);
  assert.equal(below, 50);
  // What is wider than the picture still has a row, and does not leave one empty.
  assert.deepEqual(inRows([{ text: "a".repeat(99), wide: 9 }], { width: 100, line: 17 }), {
    places: [{ x: 16, y: 16 }],
    below: 33,
  });
  assert.deepEqual(inRows([], { width: 100, line: 17 }), { places: [], below: 33 });
});
