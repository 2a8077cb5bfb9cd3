import { join } from "node:path";
import { fromVisualGenome, type SceneGraph, type VisualGenomeGraph } from "@tesserae/scene-graph";
import type { Box } from "../../dataset.js";
import { asId, asRecord, shown } from "../../parsing/fields.js";
import { streamJsonArray } from "../../parsing/stream-json-array.js";
import { boundTo, type DataProblem, type DataRecord, type Reader } from "../reader.js";
import type { Source } from "../source.js";

const regionFile = "region_descriptions.json";
const graphFile = "scene_graphs.json";

/** What Visual Genome says of an image besides its regions. */
interface ImageFacts {
  readonly graph: SceneGraph;
  readonly boxes: readonly Box[];
}

/**
 * Visual Genome: a folder with `region_descriptions.json` and, where it has one, `scene_graphs.json`; or one of the two
 * files. One record an image, named `<image_id>.jpg`: the phrases of its regions as captions, each with its box; its
 * objects as boxes and its scene graph as `imageGraph`. Of a file of scene graphs alone, the caption lists the objects'
 * names.
 */
export function visualGenome(path?: string): Reader {
  return {
    name: "visual-genome",
    version: "1",
    ...boundTo(path),
    detect: ({ text, entries }) =>
      (entries?.includes(regionFile) ?? false) ||
      (/^\s*\[/.test(text) && (/"regions"\s*:\s*\[/.test(text) || /"relationships"\s*:\s*\[/.test(text))),
    async *read(source) {
      const { regions, graphs } = filesOf(source);
      const facts = new Map<string, ImageFacts>();
      if (graphs !== undefined) {
        for await (const [id, found] of readGraphs(graphs)) {
          if ("problem" in found) yield found;
          else if (regions !== undefined) facts.set(id, found);
          else yield graphRecord(`${graphs}: image ${id}`, id, found);
        }
      }
      if (regions !== undefined) yield* readRegions(regions, facts);
    },
  };
}

function filesOf({ path, entries, text }: Source): { readonly regions?: string; readonly graphs?: string } {
  if (!entries) return /"regions"\s*:/.test(text) ? { regions: path } : { graphs: path };
  const graphs = entries.includes(graphFile) ? { graphs: join(path, graphFile) } : {};
  return { regions: join(path, regionFile), ...graphs };
}

async function* readGraphs(path: string): AsyncGenerator<readonly [string, ImageFacts | DataProblem]> {
  for await (const element of streamJsonArray(path, "Visual Genome's scene graphs")) {
    const where = `${path}: [${element.index}]`;
    const image = "value" in element ? asRecord(element.value) : undefined;
    const id = asId(image?.image_id);
    if (!image || id === undefined) {
      const why = "problem" in element ? `not JSON (${element.problem})` : "no image_id";
      yield ["", { where, problem: why }];
    } else if (!Array.isArray(image.objects) || !Array.isArray(image.relationships)) {
      yield ["", { where, problem: 'expected the lists "objects" and "relationships"' }];
    } else yield [id, factsOf(image as unknown as VisualGenomeGraph)];
  }
}

function factsOf(image: VisualGenomeGraph): ImageFacts {
  const objects = image.objects.map((object) => ({ ...object, names: object.names ?? [] }));
  const boxes = objects.flatMap((object): Box[] => {
    const bbox = boxOf(object as unknown as Record<string, unknown>);
    return bbox ? [{ category: object.names[0] ?? "", bbox }] : [];
  });
  return { graph: fromVisualGenome({ ...image, objects }), boxes };
}

/** A box as Visual Genome writes it, in either of its two spellings. */
function boxOf(record: Readonly<Record<string, unknown>>): Box["bbox"] | undefined {
  const sides = [record.x, record.y, record.w ?? record.width, record.h ?? record.height];
  return sides.every((side) => Number.isFinite(side)) ? (sides as unknown as Box["bbox"]) : undefined;
}

async function* readRegions(
  path: string,
  facts: ReadonlyMap<string, ImageFacts>,
): AsyncGenerator<DataRecord | DataProblem> {
  for await (const element of streamJsonArray(path, "Visual Genome's region descriptions")) {
    const where = `${path}: [${element.index}]`;
    const image = "value" in element ? asRecord(element.value) : undefined;
    const regions: readonly unknown[] = Array.isArray(image?.regions) ? image.regions : [];
    const id = asId(image?.id ?? image?.image_id ?? asRecord(regions[0])?.image_id);
    if (!image || id === undefined || regions.length === 0) {
      const why = "problem" in element ? `not JSON (${element.problem})` : "no id or no regions";
      yield { where, problem: why };
      continue;
    }
    const captions: string[] = [];
    const captionBoxes: Box["bbox"][] = [];
    for (const [index, item] of regions.entries()) {
      const region = asRecord(item);
      const bbox = region && boxOf(region);
      const phrase = typeof region?.phrase === "string" ? region.phrase.trim() : "";
      if (!bbox || phrase === "") {
        yield { where: `${where}.regions[${index}]`, problem: `expected a phrase and a box, found ${shown(item)}` };
        continue;
      }
      captions.push(phrase);
      captionBoxes.push(bbox);
    }
    const known = facts.get(id);
    if (captions.length === 0) continue;
    const own = known ? { imageGraph: known.graph, boxes: known.boxes } : {};
    yield { where, id, image: `${id}.jpg`, captions, captionBoxes, ...own };
  }
}

function graphRecord(where: string, id: string, { graph, boxes }: ImageFacts): DataRecord | DataProblem {
  const names = [...new Set(graph.objects.map(({ name }) => name).filter((name) => name !== ""))];
  if (names.length === 0) return { where, problem: "no object with a name" };
  return { where, id, image: `${id}.jpg`, captions: [names.join(", ")], imageGraph: graph, boxes };
}
