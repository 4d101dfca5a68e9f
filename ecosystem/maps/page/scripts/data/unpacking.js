// What a page carries -> the tables of a study: rows with keys, phrases with their names.

// Lists of rows travel with their keys said once.
export const unpacked = ({ keys, rows }) =>
  rows.map((row) => Object.fromEntries(keys.map((key, index) => [key, row[index]])));

// Phrases travel once, with a mark for each name: see compact.py.
function phrase(words, names) {
  const named = (text) =>
    text.replace(/[\ue000-\ue7ff]/g, (mark) => {
      const at = mark.charCodeAt(0) - 0xe000;
      return names(at < 0x400 ? "actors" : "datasets", at % 0x400) ?? mark;
    });
  const { fr, en, plain } = words;
  return plain ? { fr, en } : { fr: named(fr), en: named(en) };
}

// The whole content of a page; `model` is what has no rows.
export function contentOf(model) {
  const [actors, datasets, flows, needs, findings, conversations] = [
    "actors",
    "datasets",
    "flows",
    "needs",
    "findings",
    "conversations",
  ].map((name) => unpacked(model[name]));
  const told = (number, names = () => null) => (number === null ? null : phrase(model.phrases[number], names));
  for (const actor of actors) {
    actor.role = told(actor.role);
    if (actor.broker) actor.broker.text = told(actor.broker.text);
  }
  for (const finding of findings) {
    const names = (kind, at) => {
      const n = finding[kind][at];
      if (n === undefined) return null;
      return kind === "actors" ? actors[n].name : datasets[n].title;
    };
    finding.sentence = told(finding.sentence, names);
    finding.next_step = told(finding.next_step, names);
  }
  for (const talk of conversations) {
    talk.title = told(talk.title);
    talk.parts = talk.parts.map(([name, lines]) => [name, lines.map((line) => told(line))]);
  }
  const { nodes, edges, block } = model.drawing;
  const drawing = { nodes: unpacked(nodes), edges: unpacked(edges), block };
  return { actors, datasets, flows, needs, findings, conversations, drawing };
}

// Of each actor and dataset, the flows and datasets that touch it.
export function touching({ actors, datasets, flows }) {
  const [flowsOut, flowsIn, held, parts] = [0, 1, 2, 3].map(() => actors.map(() => []));
  const flowsOfDataset = datasets.map(() => []);
  flows.forEach((flow, index) => {
    flowsOut[flow.provider].push(index);
    flowsIn[flow.recipient].push(index);
    if (flow.dataset !== null) flowsOfDataset[flow.dataset].push(index);
  });
  for (const dataset of datasets) if (dataset.holder !== null) held[dataset.holder].push(dataset.n);
  for (const actor of actors) {
    if (actor.parent !== null && actor.parent !== undefined) parts[actor.parent].push(actor.n);
  }
  return { flowsOut, flowsIn, flowsOfDataset, held, parts };
}

// The numbers of the actors that share a value, by that value.
export function membersBy(actors, value) {
  const members = new Map();
  for (const actor of actors) {
    if (!members.has(value(actor))) members.set(value(actor), []);
    members.get(value(actor)).push(actor.n);
  }
  return members;
}
