// The codes that the drawing knows, and how it draws them.

// Colour AND shape say the sector (Paul Tol's "bright" scheme; its red is kept for what blocks).
export const SHAPES = {
  public: "dot",
  private: "square",
  mixed: "diamond",
  civil_society: "triangle",
  research: "star",
  "": "hexagon",
};
export const SECTORS = Object.keys(SHAPES);

const DASHES = {
  active: false,
  planned: [9, 5],
  wished: [2, 4],
  blocked: [10, 4, 2, 4],
  ended: false,
};
export const STATUSES = Object.keys(DASHES);
export const WANTED = ["wished", "blocked"];

export const dashesOf = (status) => (Object.hasOwn(DASHES, status) ? DASHES[status] : false);
export const sectorOf = (actor) => (Object.hasOwn(SHAPES, actor.sector) ? actor.sector : "");
