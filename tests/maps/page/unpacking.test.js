import assert from "node:assert/strict";
import { test } from "node:test";

import { contentOf, membersBy, touching, unpacked } from "../../../ecosystem/maps/page/scripts/data/unpacking.js";
import { packed } from "./packing.js";

test("rows get their keys back", () => {
  assert.deepEqual(
    unpacked({
      keys: ["a", "b"],
      rows: [
        [1, null],
        ["x", []],
      ],
    }),
    [
      { a: 1, b: null },
      { a: "x", b: [] },
    ],
  );
  assert.deepEqual(unpacked({ keys: ["a"], rows: [] }), []);
});

// The marks of names are private characters: actors from U+E000, datasets from U+E400.
const model = (phrases, finding) => ({
  actors: packed([
    { n: 0, name: "Ville", role: 0, broker: { text: 1 } },
    { n: 1, name: "Agglo", role: null, broker: null },
  ]),
  datasets: packed([{ n: 0, title: "Parkings" }]),
  flows: packed([]),
  needs: packed([]),
  findings: packed([finding]),
  conversations: packed([]),
  drawing: { nodes: packed([]), edges: packed([]), block: {} },
  phrases,
});

test("a phrase gets the names of its finding back, in both languages", () => {
  const phrases = [
    { fr: "rôle", en: "role", plain: true },
    { fr: "courtier", en: "broker", plain: true },
    { fr: "\ue000 vers \ue001 : \ue400", en: "\ue400 from \ue000 to \ue001", plain: false },
  ];
  // The first actor of the finding is the second of the page.
  const finding = { sentence: 2, next_step: null, actors: [1, 0], datasets: [0] };
  const { actors, findings } = contentOf(model(phrases, finding));
  assert.deepEqual(findings[0].sentence, { fr: "Agglo vers Ville : Parkings", en: "Parkings from Agglo to Ville" });
  assert.equal(findings[0].next_step, null);
  assert.deepEqual(actors[0].role, { fr: "rôle", en: "role" });
  assert.deepEqual(actors[0].broker.text, { fr: "courtier", en: "broker" });
  assert.equal(actors[1].role, null);
});

test("a mark without a name, and a mark in a plain phrase, stay", () => {
  const phrases = [
    { fr: "\ue000", en: "\ue000", plain: true },
    { fr: "\ue005 et \ue400", en: "\ue005 and \ue400", plain: false },
  ];
  const finding = { sentence: 0, next_step: 1, actors: [0], datasets: [] };
  const content = model(phrases, finding);
  content.actors = packed([{ n: 0, name: "Ville", role: null, broker: null }]);
  const [{ sentence, next_step: step }] = contentOf(content).findings;
  assert.deepEqual(sentence, { fr: "\ue000", en: "\ue000" });
  assert.deepEqual(step, { fr: "\ue005 et \ue400", en: "\ue005 and \ue400" });
});

test("flows, datasets and departments are found from what they touch", () => {
  const found = touching({
    actors: [{ n: 0, parent: null }, { n: 1, parent: 0 }, { n: 2 }],
    datasets: [
      { n: 0, holder: 1 },
      { n: 1, holder: null },
    ],
    flows: [
      { provider: 0, recipient: 1, dataset: 1 },
      { provider: 1, recipient: 0, dataset: null },
      { provider: 0, recipient: 0, dataset: 1 },
    ],
  });
  assert.deepEqual(found, {
    flowsOut: [[0, 2], [1], []],
    flowsIn: [[1, 2], [0], []],
    flowsOfDataset: [[], [0, 2]],
    held: [[], [0], []],
    parts: [[1], [], []],
  });
});

test("members are kept by the value they share, in order", () => {
  const actors = [
    { n: 0, at: "b" },
    { n: 1, at: "a" },
    { n: 2, at: "b" },
  ];
  assert.deepEqual(
    [...membersBy(actors, ({ at }) => at)],
    [
      ["b", [0, 2]],
      ["a", [1]],
    ],
  );
});
