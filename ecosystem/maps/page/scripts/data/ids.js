// What stands on the map: an actor by its number, a dataset as d3, a community as c3.

export const datasetId = (n) => `d${n}`;
export const groupId = (index) => `c${index}`;

export const isActorId = (id) => typeof id === "number";
export const isDatasetId = (id) => typeof id === "string" && id[0] === "d";
export const isGroupId = (id) => typeof id === "string" && id[0] === "c";

// The number of a dataset or community.
export const numberOf = (id) => Number(id.slice(1));
