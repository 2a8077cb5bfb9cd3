import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { createKnowledgeEncoder, decodeSafetensors, encodeSafetensors, loadClip, readWeights } from "@tesserae/models";
import { seededRng } from "@tesserae/scene-graph/random";
import { exportModel } from "../commands/export-model.js";
import { folder, runTiny } from "../fixtures/runs.js";
import "@tensorflow/tfjs-backend-cpu";
import { registerGradients } from "@tesserae/tfjs-backend-ort";
import { beforeAll, describe, expect, it } from "vitest";
import { batchOf } from "../fixtures/recipe-batch.js";
import { at, loss, scaleOf } from "../fixtures/scale-of.js";

beforeAll(async () => {
  registerGradients();
  await tf.setBackend("cpu");
});

describe("Structure-CLIP", () => {
  const name = "structure-clip";

  it("script/run.sh: batch 64, 5e-6, weight decay 0.1, 10 epochs, seed 120, crops of 0.9 to 1, lambda 0.2, six layers of BERT", async () => {
    const { flags, first } = await scaleOf(name, "coco");
    expect(flags).toMatchObject({
      batchSize: 64,
      lr: 5e-6,
      wd: 0.1,
      epochs: 10,
      seed: 120,
      cropScale: 0.9,
      variant: "code",
    });
    expect(at(first, "knowledge")).toEqual({
      weight: 0.2,
      width: 768,
      layers: 6,
      heads: 12,
      from: "google-bert/bert-base-uncased",
    });
    expect(at(first, loss)).toMatchObject({
      name: "structure-clip",
      options: { variant: "code" },
    });
  });

  it("one semantic negative a caption: the first swap", async () => {
    const { texts, places } = await batchOf(name);
    expect(places).toEqual([4, 4]);
    expect(texts.map(({ negatives }) => negatives.length)).toEqual([1, 1, 1, 1]);
  });

  it("the first 100 steps compare with the mean, later ones with the hardest", async () => {
    const matching = async (time: number) => (await batchOf(name, ["variant=code"], { time })).terms.matching;
    expect(await matching(0)).toBe(await matching(99));
    expect(await matching(100)).not.toBe(await matching(99));
    expect(await matching(5000)).toBe(await matching(100));
  });

  it("matches on t + 0.2 k; the hinge sees plain texts", async () => {
    const [with02, without, with09] = [
      await batchOf(name),
      await batchOf(name, ["knowledgeWeight=0"]),
      await batchOf(name, ["knowledgeWeight=0.9"]),
    ];
    expect(with02.terms.contrastive).not.toBe(without.terms.contrastive);
    expect(with09.terms.contrastive).not.toBe(with02.terms.contrastive);
    expect(with02.terms.hinge).toBe(without.terms.hinge);
    expect(with09.terms.hinge).toBe(without.terms.hinge);
  });
});

/** A BERT of two layers, as transformers writes it, with its words. */
async function tinyBert(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tesserae-bert-"));
  const words = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    ..."abcdefghijklmnopqrstuvwxyz",
    "dog",
    "is",
    "red",
    "on",
  ];
  const sizes = { contextLength: 16, vocabSize: words.length, width: 8, layers: 2, heads: 2 };
  const config = {
    model_type: "bert",
    hidden_size: 8,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    intermediate_size: 32,
    max_position_embeddings: 16,
    vocab_size: words.length,
    type_vocab_size: 2,
    hidden_act: "gelu",
    layer_norm_eps: 1e-12,
    position_embedding_type: "absolute",
  };
  const encoder = createKnowledgeEncoder({ ...sizes, embedDim: 4 }, { rng: seededRng("bert") });
  const weights = [...(await readWeights(encoder))].flatMap(([name, array]) =>
    name.startsWith("model.") ? [[name.replace("model.", "bert."), array] as const] : [],
  );
  encoder.dispose();
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  await writeFile(join(folder, "vocab.txt"), words.join("\n"));
  await writeFile(join(folder, "model.safetensors"), encodeSafetensors(new Map(weights)));
  return folder;
}

describe("the knowledge encoder of a run", () => {
  it("starts from a BERT's first layers, reads phrases with its WordPiece, and is saved, exported and scored with the model", async () => {
    const [bert, out] = [await tinyBert(), await folder()];
    const settings = [`knowledgeFrom=${bert}`, "knowledgeLayers=1", "steps=1", "lr=1e-9", "wd=0", "saveFrequency=1"];
    await runTiny("structure-clip", out, settings);
    const trained = await loadClip(join(out, "checkpoint"));
    expect(trained.clip.knowledge!.config).toMatchObject({ width: 8, layers: 1, heads: 2, weight: 0.2 });
    expect([...trained.phraseTokenizer!.encode("red dog")]).toHaveLength(4); // [CLS] red dog [SEP]
    const given = decodeSafetensors(await readFile(join(bert, "model.safetensors")));
    const own = await readWeights(trained.clip);
    for (const name of ["embeddings.word_embeddings.weight", "encoder.layer.0.attention.self.query.weight"]) {
      const [before, after] = [given.get(`bert.${name}`)!.data, own.get(`knowledge_encoder.model.${name}`)!.data];
      for (const [i, value] of before.entries()) expect(after[i]).toBeCloseTo(value, 5);
    }
    expect([...own.keys()].some((name) => /knowledge_encoder.*layer\.1\./.test(name))).toBe(false);

    const exported = await loadClip(await exportModel(out, "hf"));
    expect(await readWeights(exported.clip)).toEqual(own);
    expect(exported.phraseTokenizer!.encode("red dog")).toEqual(trained.phraseTokenizer!.encode("red dog"));
    await expect(exportModel(out, "onnx")).rejects.toThrow("the model has a knowledge encoder");
    trained.clip.dispose();
    exported.clip.dispose();
  });

  it("says what is no BERT, and which has too few layers", async () => {
    const bert = await tinyBert();
    const wrong = async (settings: readonly string[]) => runTiny("structure-clip", await folder(), settings);
    await expect(wrong([`knowledgeFrom=${bert}`, "knowledgeLayers=6"])).rejects.toThrow(
      "6 layers are asked for, and it has 2",
    );
  });
});
