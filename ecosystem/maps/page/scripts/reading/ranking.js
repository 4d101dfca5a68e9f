// Names found by what is typed: all its words, accents folded; whole names, then beginnings, first.

import { folded } from "../data/text.js";

// What can be found: [{kind, key, name, text, rank}, …].
export const entriesOf = (actors, datasets) => [
  ...actors.map(({ n, name, label_rank: rank }) => ({ kind: "actor", key: n, name, text: folded(name), rank })),
  ...datasets.map(({ n, title }) => ({ kind: "dataset", key: n, name: title, text: folded(title), rank: 1e6 })),
];

export function found(entries, query, language, most = 12) {
  const words = wordsOf(folded(query));
  if (!words.length) return [];
  const within = new RegExp(`(^|\\W)${words[0].replace(/\W/g, "\\$&")}`);
  const score = ({ text }) => {
    if (wordsOf(text).join(" ") === words.join(" ")) return -1;
    return text.startsWith(words[0]) ? 0 : within.test(text) ? 1 : 2;
  };
  return entries
    .filter((entry) => words.every((each) => entry.text.includes(each)))
    .map((entry) => ({ ...entry, score: score(entry) }))
    .sort((a, b) => a.score - b.score || a.rank - b.rank || a.name.localeCompare(b.name, language))
    .slice(0, most);
}

const wordsOf = (text) => text.split(/\s+/).filter(Boolean);
