// Boxes in squares of the plane, to ask quickly whether a box is free.

const SIDE = 80;

export class Taken {
  #squares = new Map(); // "column,row" -> boxes that touch it

  add(box) {
    someSquare(box, (square) => {
      if (!this.#squares.has(square)) this.#squares.set(square, []);
      this.#squares.get(square).push(box);
    });
  }

  // Whether a box touches none but those of its own, or, if that is allowed, small ones.
  free(box, own, overSmall = false) {
    const covers = (other) =>
      other.own !== own &&
      !(overSmall && other.small) &&
      box.left < other.right &&
      other.left < box.right &&
      box.top < other.bottom &&
      other.top < box.bottom;
    return !someSquare(box, (square) => this.#squares.get(square)?.some(covers));
  }
}

// Whether something holds for a square that a box touches; visits no more of them then.
function someSquare({ left, right, top, bottom }, holds) {
  for (let i = Math.floor(left / SIDE); i <= Math.floor(right / SIDE); i += 1) {
    for (let j = Math.floor(top / SIDE); j <= Math.floor(bottom / SIDE); j += 1) {
      if (holds(`${i},${j}`)) return true;
    }
  }
  return false;
}
