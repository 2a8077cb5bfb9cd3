import { type SvlcList, svlc } from "@tesserae/negatives";
import { seededRng } from "@tesserae/negatives/testing";
import { parse } from "@tesserae/scene-graph";
import { expect, it } from "vitest";

const mine = async (caption: string, ...lists: SvlcList[]) => {
  const miner = svlc(lists.length > 0 ? { lists } : {});
  const [negatives] = await miner.mine([parse(caption)], { rng: seededRng(1) });
  return negatives!.map((negative) => `${negative.kind}: ${negative.caption}`);
};

it("replaces a word by another of its list, one negative a list", async () => {
  const found = await mine("Three men riding small red horses past a closed wooden gate");
  expect(found).toHaveLength(6);
  expect(found[0]).toMatch(/^replace-colour: Three men riding small (?!red)\w+ horses past a closed wooden gate$/);
  expect(found[1]).toMatch(/^replace-material: .* closed (?!wooden)\w+ gate$/);
  expect(found[2]).toBe("replace-size: Three men riding large red horses past a closed wooden gate");
  expect(found[3]).toBe("replace-state: Three men riding small red horses past an open wooden gate");
  expect(found[4]).toMatch(/^replace-action: Three men (?!riding)\w+ing small red horses/);
  expect(found[5]).toMatch(/^replace-count: (?!Three)[A-Z]\w+ men riding/);
});

it("keeps to word boundaries: there is no red in covered, and an orange is no colour", async () => {
  expect(await mine("a covered bridge near an orange", "colour")).toEqual([]);
});

it("keeps the form of a verb", async () => {
  const [found] = await mine("a woman holds an umbrella", "action");
  expect(found).toMatch(/^replace-action: a woman \w+s an umbrella$/);
});
