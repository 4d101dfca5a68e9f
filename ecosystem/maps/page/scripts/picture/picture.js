// What is seen, as a picture in SVG, drawn from the same places and colours: heading, map, key, source.

import { actors, model, regions, talkMark } from "../data/content.js";
import { isActorId } from "../data/ids.js";
import { state } from "../data/state.js";
import { nodeName, say } from "../data/words.js";
import { CROWD, flowMarks, near, widerBy } from "../drawing/badges.js";
import { network, onPage, originOnPage } from "../drawing/canvas.js";
import { colours } from "../drawing/colours.js";
import { shapePath } from "../drawing/geometry.js";
import { block, captions } from "../drawing/ground.js";
import { anchorOf, LABEL, labels } from "../drawing/labels.js";
import { along, spots } from "../drawing/places.js";
import { edgeStyle, nodeStyle } from "../drawing/styles.js";
import { byId, drawn } from "../elements.js";
import { focus } from "../view/focus.js";
import { edgesShown, nodesShown, view } from "../view/view.js";
import { keyOf } from "./key.js";
import { arrowhead, bar, curve, rimOf } from "./strokes.js";
import { textAt, titleOf } from "./texts.js";

const HEAD = 58;
const FOOT = 14;

export function picture() {
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const key = keyOf(width);
  const full = Math.round(HEAD + height + key.height + FOOT);
  const clip = drawn("clipPath", { id: "frame-clip" }, drawn("rect", { x: 0, y: 0, width, height }));
  const map = drawn(
    "g",
    { transform: `translate(0 ${HEAD})`, "clip-path": "url(#frame-clip)" },
    ...ground(),
    ...edgesShown().map(edgeOf),
    ...nodesShown().flatMap(nodeOf),
    ...(state.show.talks && view.nodes.size <= CROWD ? flowMarks().flatMap(flowMark) : []),
    ...names(),
  );
  return drawn(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height: full,
      viewBox: `0 0 ${width} ${full}`,
      "font-family": colours.text,
      lang: state.language,
    },
    titleOf(say(model.title)),
    drawn("defs", {}, clip),
    drawn("rect", { width, height: full, fill: colours.ground }),
    textAt(16, 28, say(model.title), { "font-size": 20, "font-weight": 700 }),
    textAt(16, 47, byId("standfirst").textContent, { fill: colours.soft }),
    map,
    drawn("g", { transform: `translate(0 ${HEAD + height})` }, ...key.marks),
  );
}

function ground() {
  const scale = network.getScale();
  const origin = originOnPage();
  const blocks = [...regions.values()].map((members) => {
    const box = block(members, scale);
    return drawn("rect", {
      x: origin.x + box.left,
      y: origin.y + box.top,
      width: box.right - box.left,
      height: box.bottom - box.top,
      rx: 10,
      fill: colours.region,
      stroke: colours.edge,
    });
  });
  const context = byId("canvas").querySelector("canvas").getContext("2d");
  const texts = captions(context, scale).flatMap((box) =>
    box.lines.map((line, index) =>
      textAt(origin.x + box.left, origin.y + box.top + 11 + 15 * index, line, {
        fill: colours.soft,
        "font-weight": 600,
      }),
    ),
  );
  return [...blocks, ...texts];
}

function edgeOf(edge) {
  const style = edgeStyle(edge, focus);
  const scale = network.getScale();
  const origin = originOnPage();
  const at = (t) => {
    const { x, y } = along(edge, t);
    return [origin.x + x * scale, origin.y + y * scale];
  };
  const t = rimOf(at, (spots.get(edge.to).radius + 3) * scale);
  const stroke = curve(at, t);
  const { color, opacity } = style.color;
  const line = drawn("path", {
    d: stroke.path,
    fill: "none",
    stroke: color,
    "stroke-opacity": opacity,
    "stroke-width": (style.width * scale).toFixed(2),
  });
  if (style.dashes) line.setAttribute("stroke-dasharray", style.dashes.map((each) => each * scale).join(" "));
  const group = drawn("g", { "data-edge": edge.id }, line);
  if (style.arrows.to.enabled) {
    const size = Math.max(5, 11 * style.arrows.to.scaleFactor * scale * Math.max(1, style.width / 2.4));
    group.append(drawn("path", { d: arrowhead(stroke, size), fill: color, "fill-opacity": opacity }));
  }
  if (style.arrows.middle.enabled) {
    group.append(
      drawn("path", { d: bar(stroke, at(0.5)), stroke: color, "stroke-opacity": opacity, "stroke-width": 2 }),
    );
  }
  return group;
}

function nodeOf(id) {
  const style = nodeStyle(id, focus);
  const { opacity } = style;
  const at = onPage(id);
  const mark = drawn(
    "path",
    {
      d: shapePath(style.shape, at.x, at.y, style.size * network.getScale()),
      fill: style.color.background,
      stroke: style.color.border,
      "stroke-width": style.borderWidth,
      opacity,
    },
    titleOf(nodeName(id)),
  );
  if (!isActorId(id)) return [mark];
  const actor = actors[id];
  const badges = [];
  const badge = (x, y, text, fill, ink) => badges.push(...badgeAt({ x, y, text }, { fill, ink, opacity }));
  if (state.show.brokers && actor.broker) {
    badges.push(
      drawn("circle", {
        cx: at.x,
        cy: at.y,
        r: at.radius + 5,
        fill: "none",
        stroke: colours.broker,
        "stroke-width": 2,
        opacity,
      }),
    );
    const turn = (at.radius + 5) * Math.SQRT1_2;
    badge(at.x + turn, at.y - turn, String(actor.broker.rank), colours.broker, colours.ground);
  }
  const talk = talkMark(actor);
  if (state.show.talks && talk && (actor.broker || view.nodes.size <= CROWD)) {
    const turn = (at.radius + 4) * Math.SQRT1_2;
    if (near() || focus?.nodes.has(id)) badge(at.x - turn, at.y - turn, talk, colours.gap, colours.onGap);
    else {
      const round = { cx: at.x - turn, cy: at.y - turn, r: 3.5 };
      badges.push(drawn("circle", { ...round, fill: colours.gap, stroke: colours.ground, opacity }));
    }
  }
  return [mark, ...badges];
}

function badgeAt({ x, y, text }, { fill, ink, opacity }) {
  const wide = 6.5 + widerBy(text, 6.5);
  const stroke = fill === colours.ground ? ink : colours.ground;
  const around = { x: x - wide, y: y - 6.5, width: 2 * wide, height: 13, rx: 6.5 };
  return [
    drawn("rect", { ...around, fill, stroke, opacity }),
    textAt(x, y + 3.5, text, { fill: ink, "font-size": 9, "font-weight": 700, "text-anchor": "middle", opacity }),
  ];
}

const flowMark = (at) => badgeAt(at, { fill: colours.ground, ink: colours.gap, opacity: at.faint ? 0.25 : 1 });

function names() {
  if (!labels) return [];
  const origin = originOnPage();
  const halo = {
    stroke: colours.ground,
    "stroke-width": LABEL.halo,
    "paint-order": "stroke",
    "stroke-linejoin": "round",
  };
  const anchors = { left: "start", right: "end", center: "middle" };
  const counts = labels.counts.map(({ text, x, y }) =>
    textAt(origin.x + x, origin.y + y + 4, text, { ...halo, "font-weight": 600, "text-anchor": "middle" }),
  );
  return counts.concat(
    labels.boxes.flatMap((box) =>
      box.lines.map((line, index) =>
        textAt(origin.x + anchorOf(box), origin.y + box.top + index * LABEL.line + 11, line, {
          ...halo,
          "text-anchor": anchors[box.align],
          "font-weight": box.strong ? 600 : 400,
          fill: isActorId(box.id) ? colours.ink : colours.soft,
        }),
      ),
    ),
  );
}
