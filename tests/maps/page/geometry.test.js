import assert from "node:assert/strict";
import { test } from "node:test";

import {
  bounds,
  extent,
  onCurve,
  pushApart,
  shapePath,
  stretched,
} from "../../../ecosystem/maps/page/scripts/drawing/geometry.js";
import { draws } from "./packing.js";

test("bounds and extent, also of very many", () => {
  assert.deepEqual(bounds([3, -1, 2]), [-1, 3]);
  assert.deepEqual(bounds(Array.from({ length: 300_000 }, (_, index) => index)), [0, 299_999]);
  assert.deepEqual(
    extent([
      { x: 1, y: 5 },
      { x: -2, y: 7 },
    ]),
    { left: -2, right: 1, top: 5, bottom: 7 },
  );
});

test("a layout fills its room, within limits", () => {
  assert.deepEqual(stretched({ width: 100, height: 100 }, { width: 150, height: 120 }, 2.5), { kx: 1.5, ky: 1.2 });
  // At most twice.
  assert.deepEqual(stretched({ width: 10, height: 10 }, { width: 500, height: 500 }, 2.5), { kx: 2, ky: 2 });
  // At most 2.5 times more one way than the other: 100/1000 = 0.1 limits both to 0.1 and 0.25.
  assert.deepEqual(stretched({ width: 1000, height: 100 }, { width: 100, height: 100 }, 2.5), { kx: 0.1, ky: 0.25 });
  assert.deepEqual(stretched({ width: 100, height: 1000 }, { width: 100, height: 100 }, 2.5), { kx: 0.25, ky: 0.1 });
  // One actor has no width.
  assert.deepEqual(stretched({ width: 0, height: 0 }, { width: 500, height: 500 }, 2.5), { kx: 2, ky: 2 });
});

test("circles that overlap are moved apart, others stay", () => {
  const circles = [
    { x: 0, y: 0, radius: 20 },
    { x: 5, y: 3, radius: 10 },
    { x: 5, y: 3, radius: 10 },
    { x: 500, y: 0, radius: 10 },
  ];
  pushApart(circles);
  assert.deepEqual(circles[3], { x: 500, y: 0, radius: 10 });
  circles.forEach((a, index) => {
    for (const b of circles.slice(index + 1)) {
      // Asked for: 10 between two circles. Each round halves what lacks.
      assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius + 9.9);
    }
  });
});

test("a curve runs from its start to its end, and bows to one side", () => {
  const [a, b] = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ];
  const near = (point, x, y) => assert.ok(Math.hypot(point.x - x, point.y - y) < 1e-9, JSON.stringify(point));
  near(onCurve(a, b, 0.3, 0), 0, 0);
  near(onCurve(a, b, 0.3, 1), 100, 0);
  near(onCurve(a, b, 0, 0.5), 50, 0);
  // vis-network, "curvedCW": the point that bends is at angle turn * pi from the end, turn = 0.5 + 0.5 * bend,
  // so far away as turn times the length. With bend 1: angle pi, at (100 sin pi, 100 cos pi) = (0, -100).
  near(onCurve(a, b, 1, 0.5), 0.25 * 0 + 0.5 * 0 + 0.25 * 100, -50);
  // Back and forth bow to different sides.
  assert.ok(onCurve(a, b, 0.3, 0.5).y * onCurve(b, a, 0.3, 0.5).y < 0);
});

test("outlines of shapes", () => {
  assert.equal(shapePath("square", 10, 20, 2), "M8.0 18.0L12.0 18.0L12.0 22.0L8.0 22.0Z");
  assert.equal(shapePath("diamond", 0, 0, 3), "M0.0 -3.0L3.0 0.0L0.0 3.0L-3.0 0.0Z");
  assert.equal(shapePath("dot", 5, 5, 2), "M3.0 5.0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0Z");
  for (const [shape, corners] of [
    ["triangle", 3],
    ["hexagon", 6],
    ["star", 10],
  ]) {
    assert.equal(shapePath(shape, 0, 0, 5).split("L").length, corners);
  }
});

test("no shape leaves the circle of its size", () => {
  const draw = draws(3);
  for (const shape of ["diamond", "triangle", "star", "hexagon"]) {
    const [x, y, r] = [draw() * 100, draw() * 100, 1 + draw() * 20];
    const points = shapePath(shape, x, y, r)
      .slice(1, -1)
      .split("L")
      .map((point) => point.split(" ").map(Number));
    for (const [px, py] of points) assert.ok(Math.hypot(px - x, py - y) <= r + 0.1);
  }
});
