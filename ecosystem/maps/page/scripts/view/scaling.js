// From the values of a measure to shares, colours and the marks of a scale.

// The largest value, whatever its sign.
export const largestOf = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value || 0)), 0);

// From 0 to 1, the largest value at 1; what is not defined has no share.
export const shareOf = (value, largest) => (value === null || !largest ? 0 : Math.abs(value) / largest);

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

// A colour between those of a ramp, from 0 to 1.
export function ramp(stops, share) {
  const at = share * (stops.length - 1);
  const low = Math.min(Math.floor(at), stops.length - 2);
  const [a, b] = [channels(stops[low]), channels(stops[low + 1])];
  const mixed = a.map((value, index) => Math.round(value + (b[index] - value) * (at - low)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

// Values that occur: the least, one in the middle, the most; null where a value is not defined. As
// [[text, {share, value}], …], each text once.
export function marksOf(values, text) {
  const largest = largestOf(values);
  const valued = values
    .filter((value) => value !== null)
    .map((value) => ({ share: shareOf(value, largest), value }))
    .sort((a, b) => a.share - b.share);
  if (!valued.length) return [];
  const most = valued.at(-1);
  const off = ({ share }) => Math.abs(share - most.share / 2);
  const middle = valued.reduce((best, each) => (off(each) < off(best) ? each : best));
  return [...new Map([valued[0], middle, most].map((each) => [text(each.value), each]))];
}
