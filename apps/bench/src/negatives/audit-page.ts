import * as Plot from "@observablehq/plot";
import { draw, type Svg } from "../report/draw.js";
import { escapeHtml } from "../report/escape-html.js";
import { page, panel } from "../report/page.js";
import type { AuditedSet } from "./audit-sets.js";
import { auditTable } from "./audit-table.js";

/** One HTML page with the table of an audit and its pictures; it needs no other file. */
export function auditPage(title: string, sets: readonly AuditedSet[], notes: readonly string[]): string {
  const models = Object.keys(sets[0]?.audit.blindAccuracy ?? {});
  const { header, rows } = auditTable(sets);
  const cells = (tag: string, row: readonly string[]) =>
    `<tr>${row.map((cell, i) => (i === 0 ? `<th>${escapeHtml(cell)}</th>` : `<${tag}>${escapeHtml(cell)}</${tag}>`)).join("")}</tr>`;
  const before = sets.find(({ name }) => name === "mixed");
  const after = sets.find(({ name }) => name === "mixed, refined");
  const parts = [
    `<p class="muted">How often, in percent, a model that sees no image prefers the true caption to its negative. At 50 the text gives nothing away; far above or below it, a model can win without looking.</p>`,
    panel(
      "Audit",
      `<table><thead>${cells("th", header)}</thead><tbody>${rows.map((row) => cells("td", row)).join("")}</tbody></table>`,
    ),
    "<h2>Blind accuracy of every set</h2>",
    panel("Blind accuracy", legend(models) + accuracyChart(sets, models)),
  ];
  if (before && after) {
    parts.push(
      "<h2>Score gaps of the mixed set, before and after refinement</h2>",
      panel("Score gaps", gapChart(before, after)),
    );
  }
  parts.push(`<ul class="notes">${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join("")}</ul>`);
  return page(title, parts.join("\n"));
}

const colourOf = (index: number) => `var(--series-${(index % 6) + 1})`;

function legend(models: readonly string[]): string {
  const entries = models.map(
    (model, i) => `<li><span class="swatch" style="background:${colourOf(i)}"></span>${escapeHtml(model)}</li>`,
  );
  return `<ul class="legend">${entries.join("")}</ul>`;
}

function accuracyChart(sets: readonly AuditedSet[], models: readonly string[]): Svg {
  const dots = sets
    .filter(({ pairs }) => pairs.length > 0)
    .flatMap(({ name, audit }) =>
      models.map((model) => ({ set: name, model, value: 100 * audit.blindAccuracy[model]! })),
    );
  return draw("Blind accuracy of every set by every model", {
    width: 860,
    height: 60 + 26 * sets.length,
    marginLeft: 170,
    marginBottom: 44,
    x: { domain: [0, 100], label: "true caption preferred, percent", grid: true },
    y: { domain: sets.map(({ name }) => name), label: null },
    color: { domain: [...models], range: models.map((_, i) => colourOf(i)) },
    marks: [
      Plot.ruleX([50], { strokeDasharray: "3 3" }),
      Plot.dot(dots, { x: "value", y: "set", fill: "model", r: 4.5, fillOpacity: 0.85 }),
    ],
  });
}

/** Points drawn of each set, so that the page stays small. */
const shownPairs = 1500;

/** Each pair by the gaps of two models; after refinement the cloud mirrors itself in the middle. */
function gapChart(before: AuditedSet, after: AuditedSet): Svg {
  const points = [before, after].flatMap(({ name, audit }) => {
    const step = Math.max(1, Math.ceil(audit.pairs / shownPairs));
    return Array.from({ length: Math.ceil(audit.pairs / step) }, (_, i) => ({
      set: name,
      trigram: audit.gaps.trigram![i * step]!,
      learned: audit.gaps.learned![i * step]!,
    }));
  });
  return draw("Score gaps of the trigram and the learned model, before and after refinement", {
    width: 860,
    height: 400,
    marginBottom: 44,
    fx: { domain: [before.name, after.name], label: null },
    marginTop: 44,
    x: { label: "trigram model: true caption minus negative", grid: true },
    y: { label: "learned model: true caption minus negative", grid: true },
    marks: [
      Plot.ruleX([0]),
      Plot.ruleY([0]),
      Plot.dot(points, { x: "trigram", y: "learned", fx: "set", r: 1.6, fill: colourOf(3), fillOpacity: 0.4 }),
    ],
  });
}
