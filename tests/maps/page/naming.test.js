import assert from "node:assert/strict";
import { test } from "node:test";

import { Taken } from "../../../ecosystem/maps/page/scripts/drawing/boxes.js";
import { placeCounts, placeNames } from "../../../ecosystem/maps/page/scripts/drawing/naming.js";
import { draws } from "./packing.js";

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

test("a box is free where none but its own is: the same as looking at all of them", () => {
  const draw = draws(11);
  const drawn = (own) => {
    const [left, top] = [draw() * 1200 - 600, draw() * 800 - 400];
    return { left, top, right: left + draw() * 200, bottom: top + draw() * 60, own, small: draw() < 0.3 };
  };
  const taken = new Taken();
  const boxes = Array.from({ length: 60 }, (_, index) => drawn(index % 40));
  for (const box of boxes) taken.add(box);
  const answers = new Set();
  for (let round = 0; round < 2000; round += 1) {
    const box = drawn(null);
    const own = Math.floor(draw() * 40);
    const overSmall = draw() < 0.5;
    const expected = !boxes.some((other) => other.own !== own && !(overSmall && other.small) && overlap(box, other));
    assert.equal(taken.free(box, own, overSmall), expected);
    answers.add(expected);
  }
  assert.equal(answers.size, 2);
});

// Letters are 10 wide and lines 14 high, on a sheet of 400 by 300.
const SHEET = { sheet: { width: 200, height: 150 }, line: 14, most: 100 };
const measure = (lines) => 10 * Math.max(...lines.map((line) => line.length));
const name = (changes) => ({ id: 1, lines: ["aaaa"], x: 0, y: 0, radius: 10, strong: false, ...changes });

function placed(names, taken = new Taken(), options = {}) {
  const byId = new Map(names.map((each) => [each.id, each]));
  return placeNames([...byId.keys()], (id) => byId.get(id), taken, { ...SHEET, measure, ...options });
}

const blocking = (...boxes) => {
  const taken = new Taken();
  for (const [left, top, right, bottom, more] of boxes) taken.add({ left, top, right, bottom, own: "other", ...more });
  return taken;
};
// What covers each of the four places around the marker of `name({})`.
const [UNDER, OVER, RIGHT, LEFT] = [
  [-5, 16, 5, 20],
  [-5, -20, 5, -16],
  [30, -2, 34, 2],
  [-34, -2, -30, 2],
];

test("a name stands under its marker, else over, else right, else left", () => {
  const where = (taken) => placed([name({})], taken).map(({ left, top, align }) => [left, top, align]);
  assert.deepEqual(where(blocking()), [[-20, 14, "center"]]);
  assert.deepEqual(where(blocking(UNDER)), [[-20, -28, "center"]]);
  assert.deepEqual(where(blocking(UNDER, OVER)), [[16, -7, "left"]]);
  assert.deepEqual(where(blocking(UNDER, OVER, RIGHT)), [[-56, -7, "right"]]);
  assert.deepEqual(where(blocking(UNDER, OVER, RIGHT, LEFT)), []);
});

test("a name is moved aside rather than leave the sheet, and stays away below it", () => {
  assert.equal(placed([name({ x: 195 })])[0].left, 160);
  assert.equal(placed([name({ x: -195 })])[0].left, -200);
  assert.equal(placed([name({ y: 140 })])[0].align, "center");
  assert.ok(placed([name({ y: 140 })])[0].top < 140);
});

test("what is chosen stands whatever the crowd, what is important over small markers only", () => {
  const all = [UNDER, OVER, RIGHT, LEFT];
  assert.deepEqual(placed([name({ anyway: true })], blocking(...all))[0].top, 14);
  const small = blocking(...all.map((box) => [...box, { small: true }]));
  assert.equal(placed([name({})], small).length, 0);
  assert.equal(placed([name({ important: true })], small).length, 1);
  assert.equal(placed([name({ important: true })], blocking(...all)).length, 0);
});

test("in a row, a shorter name under rather than a long one beside", () => {
  // Two lines do not fit under: the second is covered.
  const lines = ["aaaa", "bbbb"];
  const second = [-5, 34, 5, 40];
  const [box] = placed([name({ lines, row: true })], blocking(second));
  assert.deepEqual([box.lines, box.top], [["aaaa…"], 14]);
  const [free] = placed([name({ lines, row: true })]);
  assert.deepEqual(free.lines, lines);
  const [beside] = placed([name({ lines })], blocking(second));
  assert.deepEqual([beside.lines, beside.top], [lines, -42]);
});

test("a community bears its name inside if it has room", () => {
  assert.equal(placed([name({ inside: true, radius: 24 })])[0].top, -7);
  assert.equal(placed([name({ inside: true, radius: 20 })])[0].top, 24);
});

test("no more names than asked for, but for those that are chosen", () => {
  const names = [0, 1, 2, 3, 4].map((id) => name({ id, x: 60 * id - 120 }));
  assert.deepEqual(
    placed(names, new Taken(), { most: 2 }).map(({ id }) => id),
    [0, 1, 2],
  );
  names[3].chosen = true;
  assert.deepEqual(
    placed(names, new Taken(), { most: 2 }).map(({ id }) => id),
    [0, 1, 2, 3],
  );
});

test("names and numbers cover neither markers nor each other", () => {
  const draw = draws(5);
  const taken = new Taken();
  const names = Array.from({ length: 120 }, (_, id) =>
    name({
      id,
      x: draw() * 360 - 180,
      y: draw() * 260 - 130,
      radius: 3,
      lines: ["a".repeat(1 + Math.floor(draw() * 8))],
    }),
  );
  const markers = names.map(({ id, x, y }) => ({ left: x - 3, right: x + 3, top: y - 3, bottom: y + 3, own: id }));
  for (const marker of markers) taken.add(marker);
  const boxes = placed(names, taken);
  const lines = Array.from({ length: 60 }, (_, index) => ({ id: `e${index}`, text: String(index) }));
  const ends = lines.map(() => [draw() * 360 - 180, draw() * 260 - 130, draw() * 360 - 180, draw() * 260 - 130]);
  const counts = placeCounts(lines, taken, (id, t) => {
    const [x1, y1, x2, y2] = ends[Number(id.slice(1))];
    return { x: x1 + t * (x2 - x1), y: y1 + t * (y2 - y1) };
  });
  assert.ok(boxes.length > 10 && boxes.length < names.length);
  assert.ok(counts.length > 5);
  const numbers = counts.map(({ text, x, y }) => {
    const half = 2 + 3.5 * text.length;
    return { left: x - half, right: x + half, top: y - 8, bottom: y + 8, own: text };
  });
  const all = [...boxes, ...numbers];
  all.forEach((box, index) => {
    for (const other of all.slice(index + 1)) assert.ok(!overlap(box, other));
    for (const marker of markers) assert.ok(marker.own === box.own || !overlap(box, marker));
  });
  for (const box of boxes) {
    assert.ok(box.left >= -200 && box.right <= 200 && box.top >= -150 && box.bottom <= 150);
  }
});

test("a number goes along its line until it covers nothing, or is left out", () => {
  const at = (_, t) => ({ x: 200 * t, y: 0 });
  const lines = [{ id: "e", text: "3" }];
  assert.deepEqual(placeCounts(lines, new Taken(), at), [{ text: "3", x: 100, y: 0 }]);
  assert.deepEqual(placeCounts(lines, blocking([98, -2, 102, 2]), at), [{ text: "3", x: 80, y: 0 }]);
  assert.deepEqual(placeCounts(lines, blocking([0, -2, 200, 2]), at), []);
});
