import { describe, expect, it } from "vitest";
import { diagnose } from "./diagnose.js";

const lines = (values: object, count = 6) =>
  Array.from({ length: count }, (_, index) => ({ step: index + 1, part: "train", loss: 1, logitScale: 20, ...values }));
const made = { flags: { batchSize: 64 } };
const names = (evidence: Parameters<typeof diagnose>[0]) => diagnose(evidence).map(({ name }) => name);

describe("diagnose", () => {
  it("finds nothing in a run that learns", () => {
    const metrics = [
      { step: 0, part: "train", data: { duplicateCaptions: 0.02 } },
      ...lines({ dataWaitShare: 0.1 }),
      { step: 6, part: "train", meanCosine: { image: 0.3, text: 0.5 } },
    ];
    const parts = [{ coverage: [{ miner: "negclip", captions: 100, covered: 90 }] }];
    expect(names({ made, metrics, record: { parts } })).toEqual([]);
    expect(names({ made: {}, metrics: [] })).toEqual([]);
  });

  it("names what keeps a run from learning", () => {
    expect(diagnose({ made, metrics: lines({ loss: 4.15 }) })[0]!.text).toMatch(
      /^the loss stays at 4\.150, that of guessing among 64 images \(ln 64 = 4\.159\): raise lr/,
    );
    expect(names({ made, metrics: lines({ logitScale: 99.99 }) })).toEqual(["temperature"]);
    expect(names({ made, metrics: lines({ dataWaitShare: 0.6 }) })).toEqual(["data-wait"]);
    expect(names({ made, metrics: [{ part: "train", meanCosine: { image: 0.99, text: 0.2 } }] })).toEqual(["collapse"]);
    expect(names({ made, metrics: [{ part: "train", step: 0, data: { duplicateCaptions: 0.4 } }] })).toEqual([
      "captions",
    ]);
    const parts = [{ coverage: [{ miner: "mine", captions: 500, covered: 0 }] }];
    expect(diagnose({ made, metrics: [], record: { parts } })).toEqual([
      { name: "miner", text: expect.stringContaining('miner "mine" found something for 0 of 500 captions') },
    ]);
  });

  it("looks at the last records only, and at each part of a recipe", () => {
    const learnt = [...lines({ loss: 4.159 }), ...lines({ loss: 2 })];
    expect(names({ made, metrics: learnt })).toEqual([]);
    expect(names({ made, metrics: [...learnt, ...lines({ part: "hard-negatives", loss: 4.159 })] })).toEqual(["loss"]);
  });
});
