import type { TrainConfigInput } from "@tesserae/train";
import { shared } from "./shared.js";

export default {
  ...shared,
  name: "demo/mosaiclip",
  method: "mosaiclip",
  // The paper's first stage has one sub-graph an image; a short run stays in it.
  maxPositives: 1,
  // The paper names the forms of a change, not how often each is drawn: mostly swaps, which keep the words.
  formWeights: { "relation-swap-ends": 8, "attribute-swap": 8 },
} satisfies TrainConfigInput;
