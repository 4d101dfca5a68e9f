// A page in small, as Python packs it, for modules that read one.

// Rows with their keys said once.
export function packed(rows) {
  const keys = Object.keys(rows[0] || {});
  return { keys, rows: rows.map((row) => keys.map((key) => row[key])) };
}

// Numbers that look drawn, the same each time: a linear congruential generator.
export function draws(seed) {
  let at = seed;
  return () => {
    at = (at * 1103515245 + 12345) % 2 ** 31;
    return at / 2 ** 31;
  };
}

// The page model of actors (a territory and a community each), flows [provider, recipient, status, dataset],
// datasets [holder, theme], findings and conversations. Everything else of a page is there and says nothing.
export function pageOf({
  actors,
  flows,
  datasets = [],
  findings = [],
  conversations = [],
  measure = [],
  regions = false,
}) {
  const nodes = [...actors.map((_, n) => n), ...datasets.map((_, n) => `d${n}`)];
  const edges = flows.map(([from, to, status], index) => ({
    id: `e${index}`,
    layer: "actors",
    from,
    to,
    status,
    flows: [index],
  }));
  datasets.forEach(([holder], n) => {
    edges.push({ id: `h${n}`, layer: "holds", from: holder, to: `d${n}`, status: "", flows: [] });
  });
  flows.forEach(([, to, status, dataset = null], index) => {
    if (dataset !== null) {
      edges.push({ id: `d${index}`, layer: "datasets", from: `d${dataset}`, to, status, flows: [index] });
    }
  });
  return {
    language: "en",
    title: { fr: "Carte", en: "Map" },
    words: {},
    codes: {},
    territories: {},
    sources: {},
    phrases: [],
    compared: [],
    maturity: [],
    regions,
    measure: { name: measure.length ? "measure" : "" },
    colour: "sector",
    measures: measure.length ? [{ name: "measure", label: { fr: "mesure", en: "measure" }, values: measure }] : [],
    actors: packed(
      actors.map(({ broker = null, gaps = [], ...rest }, n) => ({
        n,
        id: `a${n}`,
        name: `Actor ${n}`,
        sector: "public",
        type: "",
        territory: "",
        community: null,
        parent: null,
        role: null,
        label_rank: n,
        public: false,
        ...rest,
        broker: broker && { rank: broker, text: null },
        gaps,
      })),
    ),
    datasets: packed(
      datasets.map(([holder, theme = ""], n) => ({
        n,
        id: `set${n}`,
        title: `Dataset ${n}`,
        holder,
        theme,
        access: "",
      })),
    ),
    flows: packed(
      flows.map(([provider, recipient, status, dataset = null], index) => ({
        id: `f${index}`,
        provider,
        recipient,
        status,
        dataset,
        barrier: "",
      })),
    ),
    needs: packed([]),
    findings: packed(
      findings.map((finding, index) => ({
        id: `g${index}`,
        severity: "high",
        sentence: null,
        next_step: null,
        ...finding,
      })),
    ),
    conversations: packed(
      conversations.map((talk, index) => ({
        id: `c${index}`,
        list: "bring-about",
        number: index + 1,
        title: null,
        parts: [],
        met: talk.actors,
        datasets: [],
        flows: [],
        findings: [],
        ...talk,
      })),
    ),
    drawing: { nodes: packed(nodes.map((id) => ({ id, x: 0, y: 0 }))), edges: packed(edges), block: {} },
  };
}

// Modules that read the page find this one.
export function open(page) {
  globalThis.document = { getElementById: () => ({ textContent: JSON.stringify(page) }) };
}
