// The data of the page, read once. Nothing here or elsewhere turns text into markup: strings become text nodes.

import { contentOf, membersBy, touching } from "./unpacking.js";

export const model = JSON.parse(document.getElementById("model").textContent);
export const { measures, maturity } = model;

const content = contentOf(model);
export const { actors, datasets, flows, needs, findings, drawing } = content;
export const { flowsOut, flowsIn, flowsOfDataset, held, parts } = touching(content);

export const edgeById = new Map(drawing.edges.map((edge) => [edge.id, edge]));
export const flowIndex = new Map(flows.map((flow, index) => [flow.id, index]));

// An actor bears the mark of a gap where one weighs: nearly everyone has a gap of low severity.
export const weighs = (actor) => actor.gaps.some((index) => findings[index].severity !== "low");
export const isIsolate = (n) => !flowsOut[n].length && !flowsIn[n].length;
export const isPublic = (flow) => actors[flow.provider].public || actors[flow.recipient].public;
export const isolates = actors.filter((actor) => isIsolate(actor.n)).map((actor) => actor.n);

// Territory -> actors, where territories are drawn.
export const regions = model.regions ? membersBy(actors, (actor) => actor.territory) : new Map();
