// The picture as a file: SVG, or PNG drawn by the browser from that SVG at twice its size.

import { model } from "../data/content.js";
import { fileName } from "../data/text.js";
import { say, word } from "../data/words.js";
import { network } from "../drawing/canvas.js";
import { labels } from "../drawing/labels.js";
import { byId, element } from "../elements.js";
import { picture } from "./picture.js";

const SCALE = 2;

const svgAddress = () =>
  `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture()))}`;

async function pngAddress() {
  const image = new Image();
  image.src = svgAddress();
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * SCALE;
  canvas.height = image.height * SCALE;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

// `kind` is "png" or "svg".
export async function savePicture(kind) {
  if (!labels) network.redraw();
  const address = kind === "png" ? await pngAddress() : svgAddress();
  const name = `${fileName(say(model.title))}.${kind}`;
  element("a", { href: address, download: name }).click();
  byId("said").textContent = word("saved", { name });
}
