import { defineConfig } from "vitepress";

export default defineConfig({
  title: "Tesserae",
  description: "Compositional vision-language learning in TypeScript",
  lang: "en",
  cleanUrls: true,
  srcExclude: ["examples/**"],
  themeConfig: {
    search: { provider: "local" },
    nav: [
      { text: "Guide", link: "/guide/getting-started" },
      { text: "Design", link: "/decisions/" },
      { text: "Results", link: "/results" },
    ],
    sidebar: [
      {
        text: "Guide",
        items: [
          { text: "Getting started", link: "/guide/getting-started" },
          { text: "Scene graphs", link: "/guide/scene-graphs" },
          { text: "Train on your own photos", link: "/guide/own-photos" },
          { text: "Fine-tune a CLIP", link: "/guide/fine-tune" },
          { text: "Prepare captions", link: "/guide/prepare" },
          { text: "From caption to batch", link: "/guide/from-caption-to-batch" },
          { text: "Runs that lose nothing", link: "/guide/runs" },
          { text: "Choose what computes", link: "/guide/engine" },
          { text: "Regions: ViLLA, detection", link: "/guide/regions" },
          { text: "Write a miner", link: "/guide/write-a-miner" },
          { text: "Add a reader", link: "/guide/add-a-reader" },
          { text: "Add a loss", link: "/guide/add-a-loss" },
          { text: "Add a tower", link: "/guide/add-a-tower" },
          { text: "Add a benchmark", link: "/guide/add-a-benchmark" },
        ],
      },
      {
        text: "Design decisions",
        items: [
          { text: "Overview", link: "/decisions/" },
          { text: "The engine line", link: "/decisions/engine-line" },
          { text: "The engine", link: "/decisions/engine" },
          { text: "Determinism", link: "/decisions/determinism" },
          { text: "graphology", link: "/decisions/graphology" },
          { text: "What swaps lost in coverage", link: "/decisions/coverage" },
          { text: "What changed in graphs and negatives", link: "/decisions/graphs-and-negatives" },
          { text: "Honest numbers", link: "/decisions/honest-numbers" },
          { text: "The papers", link: "/decisions/papers" },
        ],
      },
      { text: "Results", link: "/results" },
    ],
  },
});
