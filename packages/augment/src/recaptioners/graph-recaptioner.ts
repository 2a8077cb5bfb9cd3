import { type Templates, verbalise } from "@tesserae/scene-graph";
import type { Recaptioner } from "./recaptioner.js";

/** Writes captions from the graphs that the requests bring, such as the gold graphs of a synthetic world: everything they say, in words. */
export function graphRecaptioner(templates: Templates = { article: "indefinite" }): Recaptioner {
  return {
    name: "graph",
    version: "1",
    async recaption(requests, { signal } = {}) {
      signal?.throwIfAborted();
      return requests.map(({ image, graph }) => {
        if (!graph) return { problem: `${image} has no graph; give the request one` };
        if (graph.objects.length === 0) return { problem: `the graph of ${image} has no objects` };
        return { caption: verbalise(graph, templates) };
      });
    },
  };
}
