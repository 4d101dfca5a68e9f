// Size and colour by a measure.

import { measures } from "../data/content.js";
import { state } from "../data/state.js";
import { capital, number, say, word } from "../data/words.js";
import * as scaling from "./scaling.js";

const ALIKE = 0.25; // the share of all actors where size says nothing

const largest = new Map(measures.map(({ name, values }) => [name, scaling.largestOf(values)]));

export const measureNamed = (name) => measures.find((measure) => measure.name === name) || null;
export const byMeasure = () => state.colour !== "sector";

// The value of an actor; null where it is not defined.
export const valueFor = (measure, n) => (measure === null ? null : measure.values[n]);

export const shareOf = (name, n) => scaling.shareOf(valueFor(measureNamed(name), n), largest.get(name));
export const sizeOf = (n) => (state.size ? shareOf(state.size, n) : ALIKE);
export const marksOf = (name) => scaling.marksOf(measureNamed(name)?.values ?? [], number);

// ------------------------------------------------------------------ told

export const measureTold = (measure, n) =>
  valueFor(measure, n) === null ? word("measure_undefined") : number(valueFor(measure, n));

const told = (some, n) => some.map((measure) => [capital(say(measure.label)), measureTold(measure, n)]);

// The measures of size and colour.
export const measuresTold = (n) => told([...new Set([state.size, state.colour])].map(measureNamed).filter(Boolean), n);

// The others.
export const otherMeasuresTold = (n) =>
  told(
    measures.filter(({ name }) => ![state.size, state.colour].includes(name)),
    n,
  );
