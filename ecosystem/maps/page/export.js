// What is seen, as a picture: SVG drawn from the same places and colours, PNG from that SVG.

const PICTURE = { head: 58, line: 17, foot: 14, scale: 2 };

// The outline of a shape of vis-network around a point.
function shapePath(shape, x, y, r) {
  const around = (count, turn, radius = () => r) => Array.from({ length: count }, (_, index) => {
    const angle = turn + (2 * Math.PI * index) / count;
    return [x + radius(index) * Math.cos(angle), y + radius(index) * Math.sin(angle)];
  });
  const closed = (points) => `M${points.map((point) => point.map((value) => value.toFixed(1)).join(" ")).join("L")}Z`;
  if (shape === "square") return closed([[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]]);
  if (shape === "diamond") return closed(around(4, -Math.PI / 2));
  if (shape === "triangle") return closed(around(3, -Math.PI / 2));
  if (shape === "star") return closed(around(10, -Math.PI / 2, (index) => (index % 2 ? r * 0.45 : r)));
  if (shape === "hexagon") return closed(around(6, 0));
  return `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

const written = (text) => String(text).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");

function textAt(x, y, text, attributes = {}) {
  const made = drawn("text", { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10, fill: colours.ink, "font-size": 12, ...attributes });
  made.textContent = written(text);
  return made;
}

// The picture as an element: heading, map, key, source.
function picture() {
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const key = pictureKey(width);
  const full = Math.round(PICTURE.head + height + key.height + PICTURE.foot);
  const clip = drawn("clipPath", { id: "frame-clip" }, drawn("rect", { x: 0, y: 0, width, height }));
  const map = drawn("g", { transform: `translate(0 ${PICTURE.head})`, "clip-path": "url(#frame-clip)" },
    ...pictureGround(), ...edgesShown().map(pictureEdge), ...nodeIds().flatMap(pictureNode), ...pictureNames());
  const title = drawn("title", {});
  title.textContent = written(say(model.title));
  return drawn("svg", {
    xmlns: "http://www.w3.org/2000/svg", width, height: full, viewBox: `0 0 ${width} ${full}`,
    "font-family": colours.text, lang: state.language,
  },
  title, drawn("defs", {}, clip), drawn("rect", { width, height: full, fill: colours.ground }),
  textAt(16, 28, say(model.title), { "font-size": 20, "font-weight": 700 }),
  textAt(16, 47, byId("standfirst").textContent, { fill: colours.soft }),
  map, drawn("g", { transform: `translate(0 ${PICTURE.head + height})` }, ...key.marks));
}

function pictureGround() {
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const blocks = [...regions.values()].map((members) => {
    const box = block(members, scale);
    return drawn("rect", { x: origin.x + box.left, y: origin.y + box.top, width: box.right - box.left,
      height: box.bottom - box.top, rx: 10, fill: colours.region, stroke: colours.edge });
  });
  const context = byId("canvas").querySelector("canvas").getContext("2d");
  const texts = captions(context, scale).flatMap((box) => box.lines.map((line, index) =>
    textAt(origin.x + box.left, origin.y + box.top + 11 + 15 * index, line, { fill: colours.soft, "font-weight": 600 })));
  return [...blocks, ...texts];
}

function pictureEdge(edge) {
  const style = edgeStyle(edge, focus);
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const at = (t) => {
    const { x, y } = along(edge, t);
    return [origin.x + x * scale, origin.y + y * scale];
  };
  // Where the line meets the rim of its end.
  const tip = place.get(edge.to).radius + 3;
  const end = place.get(edge.to);
  let t = 1;
  while (t > 0.5 && Math.hypot(along(edge, t).x - end.x, along(edge, t).y - end.y) < tip) t -= 0.01;
  const points = [0, 0.25, 0.5, 0.75, 1].map((part) => at(part * t));
  const [a, via] = [points[0], at(t / 2)];
  const last = points[4];
  const control = [2 * via[0] - (a[0] + last[0]) / 2, 2 * via[1] - (a[1] + last[1]) / 2];
  const short = (point) => point.map((value) => value.toFixed(1)).join(" ");
  const width = style.width * scale;
  const line = drawn("path", { d: `M${short(a)}Q${short(control)} ${short(last)}`, fill: "none",
    stroke: style.color.color, "stroke-opacity": style.color.opacity, "stroke-width": width.toFixed(2) });
  if (style.dashes) line.setAttribute("stroke-dasharray", style.dashes.map((each) => each * scale).join(" "));
  const group = drawn("g", { "data-edge": edge.id }, line);
  if (style.arrows.to.enabled) {
    const angle = Math.atan2(last[1] - control[1], last[0] - control[0]);
    const size = Math.max(5, 11 * style.arrows.to.scaleFactor * scale * Math.max(1, style.width / 2.4));
    const side = (turn) => [last[0] - size * Math.cos(angle + turn), last[1] - size * Math.sin(angle + turn)];
    group.append(drawn("path", { d: `M${short(last)}L${short(side(0.42))}L${short(side(-0.42))}Z`,
      fill: style.color.color, "fill-opacity": style.color.opacity }));
  }
  if (style.arrows.middle.enabled) {
    const [x, y] = at(0.5);
    const angle = Math.atan2(last[1] - a[1], last[0] - a[0]) + Math.PI / 2;
    const [dx, dy] = [5 * Math.cos(angle), 5 * Math.sin(angle)];
    group.append(drawn("path", { d: `M${short([x - dx, y - dy])}L${short([x + dx, y + dy])}`,
      stroke: style.color.color, "stroke-opacity": style.color.opacity, "stroke-width": 2 }));
  }
  return group;
}

function pictureNode(id) {
  const style = nodeStyle({ id }, focus);
  const at = screen(id);
  const mark = drawn("path", {
    d: shapePath(style.shape, at.x, at.y, style.size * network.getScale()), fill: style.color.background,
    stroke: style.color.border, "stroke-width": style.borderWidth, opacity: style.opacity,
  });
  const title = drawn("title", {});
  title.textContent = written(nodeName(id));
  mark.append(title);
  if (!isActorId(id)) return [mark];
  const actor = actors[id];
  const badges = [];
  const mark2 = (x, y, text, fill, ink) => {
    badges.push(drawn("circle", { cx: x, cy: y, r: 6.5, fill, stroke: colours.ground, opacity: style.opacity }),
      textAt(x, y + 3.5, text, { fill: ink, "font-size": 9, "font-weight": 700, "text-anchor": "middle", opacity: style.opacity }));
  };
  if (state.show.brokers && actor.broker) {
    badges.push(drawn("circle", { cx: at.x, cy: at.y, r: at.radius + 5, fill: "none", stroke: colours.broker,
      "stroke-width": 2, opacity: style.opacity }));
    const turn = (at.radius + 5) * Math.SQRT1_2;
    mark2(at.x + turn, at.y - turn, String(actor.broker.rank), colours.broker, colours.ground);
  }
  if (state.show.gaps && weighs(actor) && (actor.broker || view.nodes.size <= CROWD)) {
    const turn = (at.radius + 4) * Math.SQRT1_2;
    mark2(at.x - turn, at.y - turn, "!", colours.gap, colours.onGap);
  }
  return [mark, ...badges];
}

function pictureNames() {
  if (!labels) return [];
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const halo = { stroke: colours.ground, "stroke-width": LABEL.halo, "paint-order": "stroke", "stroke-linejoin": "round" };
  const anchors = { left: "start", right: "end", center: "middle" };
  const counts = labels.counts.map(({ text, x, y }) =>
    textAt(origin.x + x, origin.y + y + 4, text, { ...halo, "font-weight": 600, "text-anchor": "middle" }));
  return counts.concat(labels.boxes.flatMap((box) => box.lines.map((line, index) => textAt(
    origin.x + { left: box.left, right: box.right, center: (box.left + box.right) / 2 }[box.align],
    origin.y + box.top + index * LABEL.line + 11, line,
    { ...halo, "text-anchor": anchors[box.align], "font-weight": box.strong ? 600 : 400,
      fill: isActorId(box.id) ? colours.ink : colours.soft }))));
}

// What the marks mean, in rows as wide as the picture, then where it comes from.
function pictureKey(width) {
  const entries = [
    ...SECTORS.filter((value) => FILTERS.sector.tallies.has(value) && !state.without.sector.has(value)).map((sector) =>
      [valueName("sector", sector), (x, y) => drawn("path", { d: shapePath(SHAPES[sector], x + 6, y - 4, 5),
        fill: byMeasure() ? "none" : colours.sectors[sector].fill, stroke: colours.sectors[sector].line }), 18]),
    ...STATUSES.filter((value) => FILTERS.status.tallies.has(value) && !state.without.status.has(value)).map((status) =>
      [code("status", status), (x, y) => {
        const line = drawn("path", { d: `M${x} ${y - 4}h26`, "stroke-width": 1.8,
          stroke: status === "blocked" ? colours.blocked : colours.flow, "stroke-opacity": status === "ended" ? 0.45 : 1 });
        if (dashesOf(status)) line.setAttribute("stroke-dasharray", dashesOf(status).join(" "));
        return line;
      }, 32]),
    ...[[word("size"), measureNamed(state.size)], [word("colour"), measureNamed(state.colour)]]
      .filter(([, measure]) => measure).map(([part, measure]) => {
        const values = marksOf(measure.name).map(([text]) => text);
        return [`${defined(part, say(measure.label))} (${values.join(", ")})`, null, 0];
      }),
  ];
  const marks = [];
  let x = 16;
  let y = 16;
  for (const [text, icon, wide] of entries) {
    const room = wide + 6.6 * text.length + 20;
    if (x > 16 && x + room > width) {
      x = 16;
      y += PICTURE.line;
    }
    if (icon) marks.push(icon(x, y));
    marks.push(textAt(x + wide, y, text, { fill: colours.soft }));
    x += room;
  }
  y += PICTURE.line;
  const origin = [say(model.licence), say(model.notice)].filter(Boolean).join(" ");
  marks.push(textAt(16, y, origin, { fill: colours.soft, "font-size": 11 }));
  return { marks, height: y + 4 };
}

const svgText = () => new XMLSerializer().serializeToString(picture());

// PNG: the SVG, drawn by the browser at twice its size.
async function pngAddress() {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText())}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * PICTURE.scale;
  canvas.height = image.height * PICTURE.scale;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

async function savePicture(kindOf) {
  if (!labels) network.redraw();
  const address = kindOf === "png" ? await pngAddress()
    : `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText())}`;
  const name = folded(say(model.title)).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "map";
  element("a", { href: address, download: `${name}.${kindOf}` }).click();
  byId("said").textContent = word("saved", { name: `${name}.${kindOf}` });
}
