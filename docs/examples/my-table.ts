import { mean, metric, type TableSpec } from "@tesserae/benchmarks";

const umbrellas = (name: string) => metric("my/umbrellas", name);

/** Two methods, each trained with several seeds: runs "plain-seed-1", "plain-seed-2", "mine-seed-1", "mine-seed-2". */
const myTable: TableSpec = {
  name: "my-table",
  title: "Umbrellas above chairs",
  rows: [
    { model: "plain", label: "CLIP" },
    { model: "mine", label: "CLIP + my negatives" },
  ],
  columns: [
    { label: "text", value: umbrellas("text"), needs: "my-benchmark.ts." },
    { label: "image", value: umbrellas("image"), needs: "my-benchmark.ts." },
    {
      label: "both",
      value: mean(umbrellas("text"), umbrellas("image")),
      needs: "my-benchmark.ts.",
      claims: [{ order: ["mine", "plain"], source: "my own hope", check: "significant" }],
    },
  ],
  published: { source: "an earlier draft", secondHand: false, values: { plain: [50, 40, 45] } },
};

export default myTable;
