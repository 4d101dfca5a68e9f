// The data of the page, read once. Nothing here or elsewhere turns text into markup: strings become text nodes.

import { contentOf, membersBy, touching } from "./unpacking.js";

export const model = JSON.parse(document.getElementById("model").textContent);
export const { measures, maturity } = model;

const content = contentOf(model);
export const { actors, datasets, flows, needs, findings, conversations, drawing } = content;
export const { flowsOut, flowsIn, flowsOfDataset, held, parts } = touching(content);

export const edgeById = new Map(drawing.edges.map((edge) => [edge.id, edge]));
export const flowIndex = new Map(flows.map((flow, index) => [flow.id, index]));

// Of each actor, the conversations that it is in; of each flow, those that are to bring it about.
export const talksOf = actors.map(() => []);
const numbersOf = actors.map(() => []);
const numbersOn = new Map();
conversations.forEach((talk, index) => {
  for (const n of talk.actors) talksOf[n].push(index);
  if (talk.number === null) return;
  for (const n of talk.met) numbersOf[n].push(talk.number);
  for (const id of talk.flows) if (!numbersOn.has(id)) numbersOn.set(id, talk.number);
});

// The mark of the conversations to bring about: the number of the first, and whether there are more.
export const talkMark = (actor) => {
  const [first, ...more] = numbersOf[actor.n];
  return first === undefined ? "" : `${first}${more.length ? "+" : ""}`;
};
export const flowMark = (index) => numbersOn.get(flows[index].id);
export const isIsolate = (n) => !flowsOut[n].length && !flowsIn[n].length;
export const isPublic = (flow) => actors[flow.provider].public || actors[flow.recipient].public;
export const isolates = actors.filter((actor) => isIsolate(actor.n)).map((actor) => actor.n);

// Territory -> actors, where territories are drawn.
export const regions = model.regions ? membersBy(actors, (actor) => actor.territory) : new Map();
