// The filters: what each looks at, and how often each value occurs.

// Each looks at a property of actors, or of flows (their own or their dataset's).
export function filtersOf({ actors, datasets, flows }, sectorOf) {
  const ofDataset = (column) => (flow) => (flow.dataset === null ? "" : datasets[flow.dataset][column] || "");
  const filter = (of, value) => ({ of, value, tallies: talliesOf(of === "actors" ? actors : flows, value) });
  return {
    sector: filter("actors", sectorOf),
    type: filter("actors", (actor) => actor.type || ""),
    territory: filter("actors", (actor) => actor.territory || ""),
    status: filter("flows", (flow) => flow.status),
    theme: filter("flows", ofDataset("theme")),
    access: filter("flows", ofDataset("access")),
    barrier: filter("flows", (flow) => flow.barrier || ""),
  };
}

export function talliesOf(rows, value) {
  const tallies = new Map();
  for (const row of rows) tallies.set(value(row), (tallies.get(value(row)) || 0) + 1);
  return tallies;
}

// The filters of actors, or those of flows: [[name, filter], …].
export const filtersFor = (filters, of) => Object.entries(filters).filter(([, filter]) => filter.of === of);

// Whether a row has none of the values that are hidden.
export const passes = (filters, without, row) => filters.every(([name, { value }]) => !without[name].has(value(row)));

// Values in the order of how often they occur; what is not stated last.
export const byCount = (tallies) =>
  [...tallies.keys()].sort((a, b) => Number(!a) - Number(!b) || tallies.get(b) - tallies.get(a) || (a < b ? -1 : 1));
