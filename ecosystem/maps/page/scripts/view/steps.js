// Steps around a selection.

// The actors within so many steps of some, whichever way the flows go; `passing` says which flows count.
export function within(start, steps, { flows, flowsOut, flowsIn, passing }) {
  const seen = new Set(start);
  let rim = [...seen];
  for (let step = 0; step < steps; step += 1) {
    const next = [];
    for (const n of rim) {
      for (const [list, end] of [
        [flowsOut[n], "recipient"],
        [flowsIn[n], "provider"],
      ]) {
        for (const index of list) {
          const other = flows[index][end];
          if (passing[index] && !seen.has(other)) {
            seen.add(other);
            next.push(other);
          }
        }
      }
    }
    rim = next;
  }
  return seen;
}
