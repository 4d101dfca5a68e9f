// Which names are painted, and where: the most important first, each only where it covers neither another
// name nor a marker, so more of them appear as one zooms in.

// A name has its `lines`, its marker (`x`, `y`, `radius`) and how it may be placed: `chosen` names come
// whatever the crowd, `important` ones may cover small markers, `anyway` ones may cover anything; a name
// `inside` its marker stands there if it has room, and one in a `row` is cut rather than set beside.
// `measure` gives the width of lines of a name.
export function placeNames(ids, nameOf, taken, { sheet, line, most, measure }) {
  const boxes = [];
  for (const id of ids) {
    const name = nameOf(id);
    if (boxes.length > most && !name.chosen) break;
    const box = boxFor(name, taken, { sheet, line, measure });
    if (!box) continue;
    taken.add(box);
    boxes.push(box);
  }
  return boxes;
}

function boxFor(name, taken, { sheet, line, measure }) {
  const attempt = (lines, { places = 4, overSmall = false } = {}) => {
    const width = measure(lines, name);
    const height = lines.length * line;
    const boxes = boxesAround(name, width, height, sheet).map((box) => ({
      ...box,
      id: name.id,
      own: name.id,
      strong: name.strong,
      lines,
    }));
    const free = boxes
      .slice(0, places)
      .find(
        (box) =>
          within(box, sheet) &&
          taken.free(
            { left: box.left - 3, right: box.right + 3, top: box.top - 1, bottom: box.bottom + 1 },
            name.id,
            overSmall,
          ),
      );
    return { free, first: boxes[0] };
  };
  let found = attempt(name.lines, { places: name.row ? 1 : 4 });
  if (!found.free && name.important) found = attempt(name.lines, { overSmall: true });
  if (!found.free && name.row) {
    found = attempt(name.lines.length > 1 ? [`${name.lines[0]}…`] : name.lines);
  }
  return found.free || (name.anyway ? found.first : null);
}

// Under or over its marker, moved aside where it would leave the sheet; else beside.
function boxesAround({ x, y, radius, inside }, width, height, sheet) {
  const box = (left, top, align) => ({ left, top, right: left + width, bottom: top + height, align });
  const aside = Math.max(-sheet.width, Math.min(x - width / 2, sheet.width - width));
  return [
    inside && width < 2 * radius - 6
      ? box(x - width / 2, y - height / 2, "center")
      : box(aside, y + radius + 4, "center"),
    box(aside, y - radius - height - 4, "center"),
    box(x + radius + 6, y - height / 2, "left"),
    box(x - radius - width - 6, y - height / 2, "right"),
  ];
}

// A sheet lies around the origin, by its width and height either way.
const within = (box, sheet) =>
  box.left >= -sheet.width && box.right <= sheet.width && box.top >= -sheet.height && box.bottom <= sheet.height;

// How many flows each line stands for, where the number covers nothing; `at` gives a point of a line.
export function placeCounts(lines, taken, at) {
  return lines.flatMap(({ id, text }) => {
    for (const t of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const { x, y } = at(id, t);
      const half = 2 + 3.5 * text.length;
      const box = { left: x - half, right: x + half, top: y - 8, bottom: y + 8, own: id };
      if (taken.free(box, id)) {
        taken.add(box);
        return [{ text, x, y }];
      }
    }
    return [];
  });
}
