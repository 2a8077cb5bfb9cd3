import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";
import { compareGraphs } from "./compare-graphs.js";
import { drawEdits } from "./draw-edits.js";

const draw = (before: string, after: string) => drawEdits(compareGraphs(parse(before), parse(after)), `"${before}"`);

it("strikes through what is gone, and underlines what is new", () => {
  const svg = draw("a red dog left of a blue cat", "a green dog left of a blue cat");
  expect(svg).toContain(
    '<text x="10" y="23"><tspan class="gone">red</tspan> <tspan class="new">green</tspan> <tspan class="kept name">dog</tspan></text>',
  );
  expect(svg).toContain(
    '<text x="10" y="70"><tspan class="kept">blue</tspan> <tspan class="kept name">cat</tspan></text>',
  );
  expect(svg).toContain('aria-label="&quot;a red dog left of a blue cat&quot;"');
  expect(svg).toMatch(/<path class="kept" d="M150 /);
});

it("draws an arrow of either caption for a relation that was turned around", () => {
  const svg = draw("a dog left of a cat", "a cat left of a dog");
  expect(svg.match(/<path class="(?:head )?gone"/g)).toHaveLength(2);
  expect(svg.match(/<path class="(?:head )?new"/g)).toHaveLength(2);
});

it("wraps and shortens what is too long, and stays in its box", () => {
  const svg = draw("an extraordinarily-long-hyphenated striped elephant", "a striped elephant");
  expect(svg.match(/<text /g)!.length).toBeGreaterThan(1);
  expect(svg).toContain('<tspan class="gone">extraordinarily-lon…</tspan>');
});
