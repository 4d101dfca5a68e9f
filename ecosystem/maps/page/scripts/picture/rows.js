// Entries of a key, one after the other in rows as wide as the picture.

const START = 16;
const LETTER = 6.6; // about as wide
const GAP = 20;

// The place of each entry, [{x, y}, …], and of the row after the last; an entry is {text, wide}, the width
// of its icon.
export function inRows(entries, { width, line }) {
  let x = START;
  let y = START;
  const places = entries.map(({ text, wide }) => {
    const room = wide + LETTER * text.length + GAP;
    if (x > START && x + room > width) {
      x = START;
      y += line;
    }
    const place = { x, y };
    x += room;
    return place;
  });
  return { places, below: y + line };
}
