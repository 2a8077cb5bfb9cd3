import { dirname } from "node:path";
import { type BenchmarkDefinition, defineBenchmark, imageName, regionRetrievalFamily } from "@tesserae/benchmarks";
import { DataError, type DocMnist, docMnist, docMnistAttributes, docMnistPrompts, readMnist } from "@tesserae/data";
import { BenchError } from "../bench-error.js";

/** Most region-attribute pairs of an image: the means of ViLLA's curve, and the complexity of its retrieval table. */
const complexities = [6, 10, 15, 16, 20, 32];
/** Region-attribute pairs of all test images, and the seed; as the recipe `villa` has them. */
const budget = 4_000;
const seed = 23;

/** Region-text retrieval on DocMNIST, on the test images of the recipe `villa`, whose own results these equal. */
export const docMnistBenchmarks: readonly BenchmarkDefinition[] = complexities.map((complexity) => {
  let opened: DocMnist | undefined;
  return defineBenchmark({
    name: `docmnist/region-retrieval-${complexity}`,
    version: "1",
    family: regionRetrievalFamily,
    policy: { name: "R-Precision", ties: "positive-must-win", averaging: "micro" },
    headline: "textToRegion",
    split: "test",
    sampleCount: null,
    folder: "mnist",
    files: [],
    images: "mnist",
    needs: "MNIST's four idx files, packed (.gz) or not; the images are drawn from them",
    citation:
      "Varma et al., ViLLA: Fine-Grained Vision-Language Representation Learning from Real-World Data, ICCV 2023",
    licence: "MNIST: CC BY-SA 3.0",
    loadImage: (image) => opened!.loadImage(imageName(image)),
    async read(source) {
      const folder = dirname(imageName(source.image("t10k-images-idx3-ubyte")));
      opened = await openDocMnist(folder, complexity);
      const number = new Map(docMnistAttributes.map((name, index) => [name, index]));
      return {
        revision: opened.revision,
        attributes: docMnistAttributes.map((name) => ({ name, prompts: docMnistPrompts(name) })),
        items: opened.samples.flatMap(({ image, regions }) =>
          regions.map(({ box, attributes }) => ({
            image: { path: image, box },
            attributes: attributes.map((name) => number.get(name)!),
          })),
        ),
      };
    },
  });
}) as readonly BenchmarkDefinition[];

async function openDocMnist(folder: string, complexity: number): Promise<DocMnist> {
  try {
    return docMnist({ digits: await readMnist(folder), split: "test", complexity, budget, seed });
  } catch (error) {
    throw error instanceof DataError ? new BenchError(error.message) : error;
  }
}
