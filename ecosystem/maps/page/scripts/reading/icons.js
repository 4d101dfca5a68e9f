// The icons: the marks of the map in small.

import { dashesOf } from "../data/codes.js";
import { drawn, element } from "../elements.js";

export function shapeIcon(sector, outside = false) {
  const paths = {
    public: ["circle", { cx: 8, cy: 8, r: 5.6 }],
    private: ["rect", { x: 2.9, y: 2.9, width: 10.2, height: 10.2 }],
    mixed: ["path", { d: "M8 1.2 14.8 8 8 14.8 1.2 8Z" }],
    civil_society: ["path", { d: "M8 1.8 14.6 13.4H1.4Z" }],
    research: ["path", { d: "M8 .9 10 6h5.2l-4.1 3.3 1.5 5.3L8 11.5l-4.6 3.1 1.5-5.3L.8 6H6Z" }],
    "": ["path", { d: "M4.6 2h6.8l3.4 6-3.4 6H4.6L1.2 8Z" }],
    community: ["circle", { cx: 8, cy: 8, r: 6.6 }],
    dataset: ["rect", { x: 4.2, y: 4.2, width: 7.6, height: 7.6 }],
  };
  const [tag, attributes] = paths[sector];
  const name = `shape shape-${sector || "none"}${outside ? " outside" : ""}`;
  return drawn(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" },
    drawn(tag, { ...attributes, class: name }),
  );
}

export function lineIcon(status) {
  const dashes = dashesOf(status);
  const line = drawn("line", { x1: 1, y1: 6, x2: 25, y2: 6, "stroke-width": 1.8 });
  if (dashes)
    line.setAttribute("stroke-dasharray", { planned: "6 3.5", wished: "1.8 3", blocked: "7 2.5 1.5 2.5" }[status]);
  const marks = [line, drawn("path", { d: "M25 2.2 33 6l-8 3.8Z", class: "arrow" })];
  if (status === "blocked") marks.push(drawn("line", { x1: 13, y1: 1.5, x2: 13, y2: 10.5, "stroke-width": 2 }));
  return drawn("svg", { class: `icon line line-${status}`, viewBox: "0 0 34 12", "aria-hidden": "true" }, ...marks);
}

export const thicknessIcon = () =>
  drawn(
    "svg",
    { class: "icon line", viewBox: "0 0 34 12", "aria-hidden": "true" },
    drawn("path", { d: "M1 5.4 33 3.2V8.8L1 6.6Z", class: "arrow" }),
  );

export const badgeIcon = (kind, text) => element("span", { class: `badge badge-${kind}`, "aria-hidden": "true" }, text);

export const levelIcon = (level) =>
  drawn(
    "svg",
    { class: "icon level", viewBox: "0 0 34 12", "aria-hidden": "true" },
    ...[0, 1, 2, 3].map((step) =>
      drawn("rect", {
        x: 1 + 8 * step,
        y: 2,
        width: 6.5,
        height: 8,
        class: level !== null && step < level ? "level-on" : "level-off",
      }),
    ),
  );
