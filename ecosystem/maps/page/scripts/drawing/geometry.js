// Places, circles and lines: nothing here knows what it draws.

// Spreading tens of thousands of numbers over the arguments of Math.min would overflow its stack.
export const bounds = (values) =>
  values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);

// The least box around points.
export function extent(points) {
  const [[left, right], [top, bottom]] = ["x", "y"].map((axis) => bounds(points.map((point) => point[axis])));
  return { left, right, top, bottom };
}

// How much a layout is stretched each way to fill a room: at most twice, and at most so much more one way
// than the other.
export function stretched(layout, room, most) {
  const kx = Math.min(room.width / Math.max(layout.width, 1), (room.height / Math.max(layout.height, 1)) * most, 2);
  const ky = Math.min(room.height / Math.max(layout.height, 1), kx * most, 2);
  return { kx, ky };
}

// Circles that overlap are moved apart, a little at a time.
export function pushApart(circles) {
  for (let round = 0; round < 80; round += 1) {
    circles.forEach((a, index) => {
      for (const b of circles.slice(index + 1)) {
        const [dx, dy] = [b.x - a.x || 0.1, b.y - a.y || 0.1];
        const apart = Math.hypot(dx, dy);
        const push = (a.radius + b.radius + 10 - apart) / 2;
        if (push <= 0) continue;
        [a.x, a.y] = [a.x - (dx / apart) * push * 0.5, a.y - (dy / apart) * push * 0.5];
        [b.x, b.y] = [b.x + (dx / apart) * push * 0.5, b.y + (dy / apart) * push * 0.5];
      }
    });
  }
}

// A point on a line from a to b as vis-network draws "curvedCW", from 0 at its start to 1 at its end.
export function onCurve(a, b, bend, t) {
  const turn = 0.5 + 0.5 * bend;
  const angle = Math.atan2(a.y - b.y, b.x - a.x) + turn * Math.PI;
  const reach = turn * Math.hypot(b.x - a.x, b.y - a.y);
  const via = { x: a.x + reach * Math.sin(angle), y: a.y + reach * Math.cos(angle) };
  const at = (axis) => (1 - t) ** 2 * a[axis] + 2 * t * (1 - t) * via[axis] + t ** 2 * b[axis];
  return { x: at("x"), y: at("y") };
}

// The outline of a shape of vis-network around a point, as a path of SVG.
export function shapePath(shape, x, y, r) {
  const around = (count, turn, radius = () => r) =>
    Array.from({ length: count }, (_, index) => {
      const angle = turn + (2 * Math.PI * index) / count;
      return [x + radius(index) * Math.cos(angle), y + radius(index) * Math.sin(angle)];
    });
  const closed = (points) => `M${points.map((point) => point.map((value) => value.toFixed(1)).join(" ")).join("L")}Z`;
  if (shape === "square")
    return closed([
      [x - r, y - r],
      [x + r, y - r],
      [x + r, y + r],
      [x - r, y + r],
    ]);
  if (shape === "diamond") return closed(around(4, -Math.PI / 2));
  if (shape === "triangle") return closed(around(3, -Math.PI / 2));
  if (shape === "star") return closed(around(10, -Math.PI / 2, (index) => (index % 2 ? r * 0.45 : r)));
  if (shape === "hexagon") return closed(around(6, 0));
  return `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}
