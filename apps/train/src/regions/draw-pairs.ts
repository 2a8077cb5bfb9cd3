import { encodePng } from "@tesserae/data";
import type { RegionPairs } from "@tesserae/region-mapper";
import type { RegionData } from "./region-sample.js";

const colours = ["#e6194b", "#3cb44b", "#4363d8", "#f58231", "#911eb4", "#008080", "#9a6324", "#000075", "#808000"];

/** A page that shows what was assigned to the regions of some images: boxes on the images, attributes beneath them. */
export async function drawPairs(data: RegionData, pairs: readonly RegionPairs[], count: number): Promise<string> {
  const figures: string[] = [];
  for (const { image, width, height, regions } of pairs.slice(0, count)) {
    const picture = await data.loadImage(image);
    const address = `data:image/png;base64,${Buffer.from(await encodePng(picture)).toString("base64")}`;
    const own = regions.filter(({ whole }) => !whole);
    const thickness = Math.max(width, height) / 150;
    const boxes = own.map(({ box: [x, y, w, h] }, index) => {
      const colour = colours[index % colours.length]!;
      return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="${colour}" stroke-width="${thickness}"/>`;
    });
    const lines = own.map(({ attributes }, index) => {
      return `<li style="color:${colours[index % colours.length]}">${escapeHtml(attributes.join(", "))}</li>`;
    });
    figures.push(
      `<figure><svg viewBox="0 0 ${width} ${height}" width="300"><image href="${address}" width="${width}" height="${height}"/>${boxes.join("")}</svg>` +
        `<ol>${lines.join("")}</ol><figcaption>${escapeHtml(regions.at(-1)!.sentences.slice(0, 5).join(" · "))}</figcaption></figure>`,
    );
  }
  return (
    `<!doctype html><meta charset="utf-8"><title>${escapeHtml(data.name)}: attributes assigned to regions</title>` +
    "<style>body{font:13px sans-serif;display:flex;flex-wrap:wrap;gap:16px}figure{width:300px;margin:0}ol{margin:4px 0;padding-left:20px}figcaption{color:#555}</style>\n" +
    `${figures.join("\n")}\n`
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
