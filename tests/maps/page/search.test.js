import assert from "node:assert/strict";
import { test } from "node:test";

import { entriesOf, found } from "../../../ecosystem/maps/page/scripts/reading/ranking.js";

const ACTORS = ["La Rochelle Université", "Ville de La Rochelle", "Œuvres de l'université", "Régie", "Régie des eaux"];
const DATASETS = ["Régie", "Arrêts (bus)"];
const entries = entriesOf(
  ACTORS.map((name, n) => ({ n, name, label_rank: 10 - n })),
  DATASETS.map((title, n) => ({ n, title })),
);
const names = (query, most) => found(entries, query, "fr", most).map(({ kind, name }) => `${kind} ${name}`);

test("every word is found, accents, case, ligatures and apostrophes aside", () => {
  assert.deepEqual(names("UNIVERSITE rochelle"), ["actor La Rochelle Université"]);
  assert.deepEqual(names("oeuvres l universite"), ["actor Œuvres de l'université"]);
  // "l" begins the first of them.
  assert.deepEqual(names("l’université"), ["actor La Rochelle Université", "actor Œuvres de l'université"]);
});

test("whole names first, then beginnings; actors before datasets", () => {
  assert.deepEqual(names("régie"), ["actor Régie", "dataset Régie", "actor Régie des eaux"]);
  assert.deepEqual(names("la rochelle"), ["actor La Rochelle Université", "actor Ville de La Rochelle"]);
});

test("nothing typed finds nothing, nor does what is nowhere", () => {
  assert.deepEqual(names("   "), []);
  assert.deepEqual(names("zzz"), []);
});

test("no more than asked for", () => {
  assert.equal(names("e", 2).length, 2);
});

test("signs that mean something in an expression are signs", () => {
  assert.deepEqual(names("(bus"), ["dataset Arrêts (bus)"]);
  for (const query of ["(", "[a", "a{2", "\\", ".*", "^", "$", "|", "+?"]) assert.ok(Array.isArray(names(query)));
  assert.deepEqual(names(".*"), []);
});
