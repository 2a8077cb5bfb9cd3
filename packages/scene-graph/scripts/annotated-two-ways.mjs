// Where a file of FACTUAL annotates one thing in two ways.

/**
 * Two counts of inconsistency: captions whose text stands in the file before with another graph; and captions whose form ("N1 with A1 N2": the words of
 * objects and attributes taken out) is mostly annotated otherwise. The second also holds differences of meaning, so it is an upper bound.
 */
export function annotatedTwoWays(rows) {
  const first = new Map();
  const shapes = new Map();
  let repeated = 0;
  let contradicted = 0;
  for (const { caption, gold, reference } of rows) {
    const text = caption
      .toLowerCase()
      .replace(/[^\p{L}\p{N}' -]/gu, "")
      .trim();
    const graph = gold.split(" ) , ( ").sort().join();
    if (first.has(text)) {
      repeated++;
      if (first.get(text) !== graph) contradicted++;
    } else first.set(text, graph);
    const { shape, form } = withoutWords(text, gold, reference);
    const forms = shapes.get(shape) ?? new Map();
    const known = forms.get(form) ?? { form, n: 0, example: caption };
    known.n++;
    shapes.set(shape, forms.set(form, known));
  }
  const frequent = [...shapes]
    .map(([shape, forms]) => {
      const sorted = [...forms.values()].sort((a, b) => b.n - a.n);
      return { shape, forms: sorted, total: sorted.reduce((sum, { n }) => sum + n, 0) };
    })
    .filter(({ total }) => total >= 5);
  const other = ({ forms, total }) => total - forms[0].n;
  const sum = (values) => values.reduce((all, value) => all + value, 0);
  return {
    repeated,
    contradicted,
    inShapes: sum(frequent.map(({ total }) => total)),
    minority: sum(frequent.map(other)),
    shapes: frequent.filter((one) => other(one) > 0).sort((a, b) => other(b) - other(a)),
  };
}

/** Caption and graph with the words of objects and attributes replaced by N1, A1, … in the order of the caption. */
function withoutWords(text, gold, { objects }) {
  const names = objects.map(({ name }) => ({ word: name, kind: "N" }));
  const values = objects.flatMap(({ attributes }) => attributes.map(({ name }) => ({ word: name, kind: "A" })));
  const at = (word) => text.search(new RegExp(`\\b${quoted(word)}\\b`));
  const found = [...names, ...values].filter(({ word }) => at(word) >= 0);
  found.sort((a, b) => at(a.word) - at(b.word) || b.word.length - a.word.length);
  const counts = { N: 0, A: 0 };
  let shape = text;
  let form = ` ${gold} `;
  for (const { word, kind } of found) {
    const slot = `${kind}${++counts[kind]}`;
    shape = shape.replace(new RegExp(`\\b${quoted(word)}\\b`), slot);
    form = form.replaceAll(` ${word} `, ` ${slot} `);
  }
  return { shape, form: form.trim().slice(2, -2).split(" ) , ( ").sort().join(" ; ") };
}

const quoted = (word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
