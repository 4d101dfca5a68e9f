import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fileName,
  folded,
  inXml,
  month,
  shortened,
  webAddress,
  wrapped,
} from "../../../ecosystem/maps/page/scripts/data/text.js";

test("folded: no accents, no case, ligatures and apostrophes spelt out", () => {
  assert.equal(folded("Œuvre de l’Été"), "oeuvre de l ete");
  assert.equal(folded("Île-d'Aix"), "ile-d aix");
  assert.equal(folded(""), "");
});

const CUT = { wide: 20, most: 2 };

test("shortened: what fits stays, what does not ends in an ellipsis", () => {
  assert.deepEqual(shortened("Ville", CUT), ["Ville"]);
  assert.deepEqual(shortened("La Rochelle Université", CUT), ["La Rochelle", "Université"]);
  assert.deepEqual(shortened("Régie des transports communautaires rochelais", CUT), [
    "Régie des transports",
    "communautaires…",
  ]);
  // A word alone may be a little too long; then it is cut.
  assert.deepEqual(shortened("a".repeat(24), CUT), ["a".repeat(24)]);
  assert.deepEqual(shortened("a".repeat(25), CUT), [`${"a".repeat(23)}…`]);
});

test("shortened: no punctuation before the ellipsis, no empty text that breaks", () => {
  assert.deepEqual(shortened("Gestionnaires de réseaux d'énergie, (GRD et GRT)", CUT), [
    "Gestionnaires de",
    "réseaux d'énergie…",
  ]);
  assert.deepEqual(shortened("   ", CUT), [""]);
});

// A line fits by its letters: what a canvas measures in pixels.
const fits = (wide) => (line) => line.length <= wide;

test("wrapped: lines that fit, an ellipsis where the last does not", () => {
  assert.deepEqual(wrapped("aaa bbb ccc", { most: 2, fits: fits(7) }), ["aaa bbb", "ccc"]);
  assert.deepEqual(wrapped("aaa bbb ccc ddd", { most: 2, fits: fits(7) }), ["aaa bbb", "ccc ddd"]);
  assert.deepEqual(wrapped("aaa bbb ccc", { most: 1, fits: fits(7) }), ["aaa bb…"]);
  assert.deepEqual(wrapped("aaa", { most: 2, fits: () => false }), ["aaa"]);
});

test("inXml: characters that XML cannot hold are left out", () => {
  assert.equal(inXml("a\u0000b\u000bc\ud800d\ufffee\t\n"), "abcde\t\n");
  assert.equal(inXml("é 🚲 \u2028"), "é 🚲 \u2028");
  assert.equal(inXml(12), "12");
});

test("fileName: letters and digits joined by hyphens, never empty, never long", () => {
  assert.equal(fileName("Communauté d'agglomération : 2026 !"), "communaute-d-agglomeration-2026");
  assert.equal(fileName("…"), "map");
  assert.equal(fileName("x".repeat(200)).length, 60);
});

test("webAddress: only http and https", () => {
  assert.equal(webAddress("https://example.org/a").host, "example.org");
  for (const text of ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "example.org", "", null]) {
    assert.equal(webAddress(text), null);
  }
});

test("month: in words of the language, anything else as it is", () => {
  assert.equal(month("2026-03-14", "fr"), "mars 2026");
  assert.equal(month("2026-03", "en"), "March 2026");
  assert.equal(month("2026", "en"), "2026");
  assert.equal(month(null, "en"), "");
});
