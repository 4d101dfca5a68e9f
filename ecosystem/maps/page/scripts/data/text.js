// Texts: folded for search, cut to fit, made safe for a picture, a file name or a link.

export const folded = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[œŒ]/g, "oe")
    .replace(/[’']/g, " ")
    .toLowerCase();

// Two short lines, an ellipsis after them: the panel has the whole name.
export function shortened(text, { wide, most }) {
  const lines = [""];
  for (const next of text.split(/\s+/).filter(Boolean)) {
    const joined = lines.at(-1) ? `${lines.at(-1)} ${next}` : next;
    if (joined.length <= wide || !lines.at(-1)) lines[lines.length - 1] = joined;
    else lines.push(next);
  }
  const kept = lines.slice(0, most).map((line) => (line.length > wide + 4 ? `${line.slice(0, wide + 3)}…` : line));
  if (lines.length > most) kept[most - 1] = `${kept[most - 1].replace(/[\s,:(…-]+$/, "")}…`;
  return kept;
}

// At most so many lines of which each fits, an ellipsis where that is not enough.
export function wrapped(text, { most, fits }) {
  const lines = [""];
  for (const next of text.split(/\s+/)) {
    const joined = `${lines.at(-1)} ${next}`.trim();
    if (fits(joined) || !lines.at(-1) || lines.length === most) lines[lines.length - 1] = joined;
    else lines.push(next);
  }
  return lines.map((line) => {
    let kept = line;
    while (kept.length > 4 && !fits(kept)) kept = `${kept.slice(0, -2).trimEnd()}…`;
    return kept;
  });
}

// Less the characters that XML cannot hold.
export const inXml = (text) => String(text).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");

export const fileName = (title) =>
  folded(title)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "map";

// An address of the web; null for any other text.
export function webAddress(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

// A month says enough of how far the sources go, and fits the same sentence as a year.
export function month(text, language) {
  const found = /^(\d{4})-(\d{2})/.exec(text || "");
  if (!found) return text || "";
  const date = new Date(Date.UTC(+found[1], +found[2] - 1, 1));
  const parts = { month: "long", year: "numeric", timeZone: "UTC" };
  return date.toLocaleDateString(language === "fr" ? "fr-FR" : "en-GB", parts);
}
