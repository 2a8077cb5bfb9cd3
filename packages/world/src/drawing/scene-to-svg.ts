import { hash } from "@tesserae/scene-graph/random";
import type { Scene, WorldObject } from "../scenes/scene.js";
import type { Rgb } from "../sprites/rgb.js";
import type { Part } from "../sprites/shape.js";
import { spriteOf } from "../sprites/sprite-bounds.js";
import { outlineWidth } from "../sprites/sprite-grid.js";
import { dotRadius, type Palette, paletteOf, patternPeriod } from "./paint.js";

/** Side of the drawing in its own units. */
const side = 100;

/**
 * A scene as an SVG document of 100 x 100 units, from the same shapes and colours as `renderScene`, sharp at any size.
 */
export function sceneToSvg(scene: Scene): string {
  const body = scene.layers.map(({ object, front }) => objectToSvg(scene.objects[object]!, front));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}">`,
    backgroundToSvg(scene),
    ...body,
    "</svg>",
  ].join("\n");
}

function backgroundToSvg({ background: { top, bottom, horizon, patch, patches } }: Scene): string {
  const stops =
    horizon === undefined
      ? [stop(0, top), stop(1, bottom)]
      : [stop(0, top), stop(horizon, top), stop(horizon, bottom), stop(1, bottom)];
  const id = identifier("background", [top, bottom, horizon]);
  const shapes = patches.map(({ x, y, width, height, round: isRound }) =>
    isRound
      ? `<ellipse cx="${units(x + width / 2)}" cy="${units(y + height / 2)}" rx="${units(width / 2)}" ry="${units(height / 2)}" fill="${css(patch)}"/>`
      : `<rect x="${units(x)}" y="${units(y)}" width="${units(width)}" height="${units(height)}" fill="${css(patch)}"/>`,
  );
  return [
    `<linearGradient id="${id}" x2="0" y2="1">${stops.join("")}</linearGradient>`,
    `<rect width="${side}" height="${side}" fill="url(#${id})"/>`,
    ...shapes,
  ].join("\n");
}

function objectToSvg(object: WorldObject, front: boolean): string {
  const { kind, x, y, side: width, mirrored, pattern } = object;
  const parts = spriteOf(kind).parts.filter((part) => !front || part.front);
  const palette = paletteOf(object);
  const id = identifier("pattern", object);
  const body = pattern === "plain" ? css(palette.body) : `url(#${id})`;
  const flip = mirrored ? " translate(1 0) scale(-1 1)" : "";
  const outline = parts.map((part) => shapeToSvg(part, css(palette.outline))).join("");
  return [
    pattern === "plain" ? "" : patternToSvg(object, palette, id),
    `<g transform="translate(${units(x)} ${units(y)}) scale(${units(width)})${flip}" fill-rule="evenodd">`,
    `<g stroke="${css(palette.outline)}" stroke-width="${2 * outlineWidth}" stroke-linejoin="round">${outline}</g>`,
    ...parts.map((part) => shapeToSvg(part, part.paint === "body" ? body : css(palette[part.paint]))),
    "</g>",
  ].join("\n");
}

/** The marks as a repeating tile of one period, in the sprite's own units. */
function patternToSvg({ pattern, side: width, mirrored }: WorldObject, palette: Palette, id: string): string {
  const mark = css(palette.mark);
  const marks =
    pattern === "striped"
      ? `<rect y="0.55" width="1" height="0.45" fill="${mark}"/>`
      : pattern === "dotted"
        ? `<circle cx="0.5" cy="0.5" r="${dotRadius}" fill="${mark}"/>`
        : `<rect x="0.5" width="0.5" height="0.5" fill="${mark}"/><rect y="0.5" width="0.5" height="0.5" fill="${mark}"/>`;
  const scale = round(patternPeriod / width);
  const transform = `${mirrored ? "translate(1 0) scale(-1 1) " : ""}scale(${scale})`;
  const tile = `<rect width="1" height="1" fill="${css(palette.body)}"/>${marks}`;
  return `<pattern id="${id}" width="1" height="1" patternUnits="userSpaceOnUse" patternTransform="${transform}">${tile}</pattern>`;
}

function shapeToSvg(part: Part, fill: string): string {
  if (part.shape === "polygon") return `<polygon points="${part.points.map(round).join(" ")}" fill="${fill}"/>`;
  const { cx, cy, rx, ry } = part;
  if (part.shape === "ellipse") return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
  const circle = (share: number) => {
    const [a, b] = [round(rx * share), round(ry * share)];
    return `M${round(cx - a)} ${cy}a${a} ${b} 0 1 0 ${2 * a} 0a${a} ${b} 0 1 0 ${-2 * a} 0z`;
  };
  return `<path d="${circle(1)}${circle(part.inner)}" fill="${fill}"/>`;
}

function stop(offset: number, colour: Rgb): string {
  return `<stop offset="${round(offset)}" stop-color="${css(colour)}"/>`;
}

function css([red, green, blue]: Rgb): string {
  return `rgb(${red},${green},${blue})`;
}

function units(value: number): number {
  return round(value * side);
}

function round(value: number): number {
  return Math.floor(value * 1000 + 0.5) / 1000;
}

/** An id that stays unique when several scenes stand in one page. */
function identifier(name: string, content: unknown): string {
  return `${name}-${(hash(JSON.stringify(content)) >>> 0).toString(36)}`;
}
