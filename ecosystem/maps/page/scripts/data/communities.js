// The communities of a large map: it opens on them, and on its brokers.

import { actors } from "./content.js";

const LARGE = 2000; // above, brokers and communities first
const HUGE = 5000; // above, communities open one by one

export const communities = membersOf(actors);
export const canGroup = actors.length > LARGE && communities.length > 1;
export const mustGroup = canGroup && actors.length > HUGE;

// Of each community, its most important actor.
export const leading = communities.map((members) =>
  members.reduce((best, n) => (actors[n].label_rank < actors[best].label_rank ? n : best), members[0]),
);

function membersOf(rows) {
  const found = [];
  for (const { n, community } of rows) {
    if (community === null || community === undefined) continue;
    found[community] = found[community] || [];
    found[community].push(n);
  }
  return found;
}
