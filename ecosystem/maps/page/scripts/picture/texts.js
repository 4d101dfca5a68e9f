// Texts of a picture.

import { inXml } from "../data/text.js";
import { colours } from "../drawing/colours.js";
import { drawn } from "../elements.js";

export const textAt = (x, y, text, attributes = {}) =>
  drawn(
    "text",
    {
      x: Math.round(x * 10) / 10,
      y: Math.round(y * 10) / 10,
      fill: colours.ink,
      "font-size": 12,
      ...attributes,
    },
    inXml(text),
  );

// What a reader hears of a picture or a mark, or reads beside the mouse.
export const titleOf = (text) => drawn("title", {}, inXml(text));
