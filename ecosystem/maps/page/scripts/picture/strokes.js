// A line of the map as paths of SVG: its curve, its head, its bar.

const short = (point) => point.map((value) => value.toFixed(1)).join(" ");

// `at` gives the points of a curve, from 0 at its start to 1 at its end; its part up to `t` is drawn.
export function curve(at, t) {
  const [start, via, end] = [at(0), at(t / 2), at(t)];
  const control = [2 * via[0] - (start[0] + end[0]) / 2, 2 * via[1] - (start[1] + end[1]) / 2];
  return { start, control, end, path: `M${short(start)}Q${short(control)} ${short(end)}` };
}

// Where a curve meets the rim around its end: the last part of it that is so far away.
export function rimOf(at, radius) {
  const [x, y] = at(1);
  let t = 1;
  while (t > 0.5 && Math.hypot(at(t)[0] - x, at(t)[1] - y) < radius) t -= 0.01;
  return t;
}

export function arrowhead({ control, end }, size) {
  const angle = Math.atan2(end[1] - control[1], end[0] - control[0]);
  const side = (turn) => [end[0] - size * Math.cos(angle + turn), end[1] - size * Math.sin(angle + turn)];
  return `M${short(end)}L${short(side(0.42))}L${short(side(-0.42))}Z`;
}

// Across the middle of what blocks.
export function bar({ start, end }, [x, y]) {
  const angle = Math.atan2(end[1] - start[1], end[0] - start[0]) + Math.PI / 2;
  const [dx, dy] = [5 * Math.cos(angle), 5 * Math.sin(angle)];
  return `M${short([x - dx, y - dy])}L${short([x + dx, y + dy])}`;
}
