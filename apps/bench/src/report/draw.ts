import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Series } from "./series.js";

/** A chart as inline SVG; it takes its colours from the page. */
export type Svg = string;

const { document } = parseHTML("<!doctype html><html><body></body></html>");
const style = { fontSize: "12px", fontFamily: "inherit", background: "none" };

/** Draws a plot; the title is what a screen reader says of it. */
export function draw(title: string, options: Plot.PlotOptions): Svg {
  const svg = Plot.plot({ ...options, style, document: document as Plot.PlotOptions["document"] });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", title);
  return svg.outerHTML;
}

/** The colours of models, by their labels. */
export function colours(series: readonly Series[]): Plot.ScaleOptions {
  return { domain: series.map(({ label }) => label), range: series.map(({ colour }) => colour) };
}
