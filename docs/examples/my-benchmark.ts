import { choiceBenchmark } from "@tesserae/benchmarks";

/** Which of two captions fits the photo? */
export const umbrellas = choiceBenchmark(
  {
    name: "umbrellas",
    version: "1",
    split: "test",
    dataRevision: "2 photos, first edition",
    chance: 0.5,
    tieRule: "positive-must-win",
    averaging: "micro",
    citation: "none yet",
    licence: "MIT",
  },
  [
    { image: "beach-1.jpg", captions: ["an umbrella above a chair", "a chair above an umbrella"], correct: 0 },
    {
      image: "beach-2.jpg",
      captions: ["a red chair and a blue umbrella", "a blue chair and a red umbrella"],
      correct: 1,
    },
  ],
);
