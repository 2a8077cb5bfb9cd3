import type { SceneAttribute, SceneGraph, SceneObject } from "../graph/scene-graph.js";

/** One entry of Visual Genome's `scene_graphs.json`, as far as text says it; boxes and synsets are left to the caller. */
export interface VisualGenomeGraph {
  readonly image_id?: number;
  readonly objects: readonly {
    readonly object_id: number;
    readonly names: readonly string[];
    readonly attributes?: readonly string[];
  }[];
  readonly relationships: readonly {
    readonly relationship_id: number;
    readonly predicate: string;
    readonly subject_id: number;
    readonly object_id: number;
  }[];
}

/** Writes a graph in the form of Visual Genome's `scene_graphs.json`. Quantities become attributes; spans and the caption are lost. */
export function toVisualGenome(graph: SceneGraph, options: { readonly imageId?: number } = {}): VisualGenomeGraph {
  const ids = new Map(graph.objects.map((object, index) => [object.id, index + 1]));
  return {
    ...(options.imageId !== undefined && { image_id: options.imageId }),
    objects: graph.objects.map(({ id, name, attributes, quantity }) => ({
      object_id: ids.get(id)!,
      names: [name],
      attributes: [...(quantity === undefined ? [] : [quantity]), ...attributes.map((attribute) => attribute.name)],
    })),
    relationships: graph.relations.map(({ subject, predicate, object }, index) => ({
      relationship_id: index + 1,
      predicate,
      subject_id: ids.get(subject)!,
      object_id: ids.get(object)!,
    })),
  };
}

const nowhere = { start: 0, end: 0 };

/**
 * Reads an entry of Visual Genome's `scene_graphs.json`: the first name of each object, names and predicates in lower case. There is no caption, so
 * spans are empty. A relationship whose end is not among the objects is reported in `diagnostics`.
 */
export function fromVisualGenome(graph: VisualGenomeGraph): SceneGraph {
  const ids = new Map(graph.objects.map((object, index) => [object.object_id, `o${index + 1}`]));
  const clean = (text: string) => text.trim().toLowerCase();
  const lost = graph.relationships.filter(({ subject_id, object_id }) => !ids.has(subject_id) || !ids.has(object_id));
  return {
    caption: "",
    objects: graph.objects.map(
      ({ object_id, names, attributes = [] }): SceneObject => ({
        id: ids.get(object_id)!,
        name: clean(names[0] ?? ""),
        attributes: [...new Set(attributes.map(clean))].map((name): SceneAttribute => ({ name, span: nowhere })),
        span: nowhere,
      }),
    ),
    relations: graph.relationships
      .filter((one) => !lost.includes(one))
      .map(({ subject_id, predicate, object_id }) => ({
        subject: ids.get(subject_id)!,
        predicate: clean(predicate),
        object: ids.get(object_id)!,
        span: nowhere,
      })),
    diagnostics: lost.map(({ relationship_id, predicate }) => ({
      code: "unknown-object",
      message: `Relationship ${relationship_id} ("${predicate}") names an object that the graph does not have.`,
      span: nowhere,
    })),
  };
}
