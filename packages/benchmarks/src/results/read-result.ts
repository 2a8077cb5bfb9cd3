import { z } from "zod";
import { BenchmarkError } from "../benchmark/benchmark-error.js";
import { averagingSchema, tieRuleSchema } from "../families/policy.js";
import {
  type BenchmarkResult,
  type ItemValues,
  metricSchema,
  modelRecordSchema,
  resultSchema,
} from "./result-schema.js";

const bit = z.union([z.literal(0), z.literal(1)]);

/** The form before version 2: choice and retrieval only, without predictions to judge again. */
const firstSchema = z.object({
  benchmark: z.string(),
  benchmarkVersion: z.string(),
  split: z.string(),
  dataRevision: z.string(),
  sampleCount: z.number(),
  skipped: z.number(),
  limited: z.boolean(),
  tieRule: tieRuleSchema,
  averaging: averagingSchema,
  seed: z.number(),
  model: modelRecordSchema,
  metrics: z.record(z.string(), metricSchema),
  ties: z.number(),
  correct: z.array(bit).optional(),
  items: z
    .array(
      z.object({
        image: z.string(),
        captions: z.array(z.string()),
        correct: z.number(),
        group: z.string().optional(),
        scores: z.array(z.number()),
      }),
    )
    .optional(),
  ranks: z.object({ imageToText: z.array(z.number()), textToImage: z.array(z.number()) }).optional(),
  captionsPerImage: z.array(z.number()).optional(),
  citation: z.string(),
  licence: z.string(),
  seconds: z.number().optional(),
  versions: z.record(z.string(), z.string()).optional(),
  machine: z.string().optional(),
});
type FirstResult = z.infer<typeof firstSchema>;

/**
 * A result from the content of its file; results of the first version are brought into today's form (their chance was declared, not
 * computed, and they can't be judged again).
 *
 * @param source the file, for messages.
 * @throws BenchmarkError on anything else.
 */
export function readResult(content: unknown, source: string): BenchmarkResult {
  const parsed = resultSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const first = firstSchema.safeParse(content);
  if (first.success && !hasSchema(content)) return fromFirst(first.data);
  const [issue] = (hasSchema(content) || first.success ? parsed : first).error!.issues;
  throw new BenchmarkError(
    `${source}: not a result of this version: ${issue?.path.join(".")}: ${issue?.message}; run the benchmark again, or move the file away`,
  );
}

function hasSchema(content: unknown): boolean {
  return typeof content === "object" && content !== null && "schema" in content;
}

function fromFirst({ correct, items, ranks, captionsPerImage, ...shared }: FirstResult): BenchmarkResult {
  const isRetrieval = ranks !== undefined;
  const policy = { name: "as run", ties: shared.tieRule, averaging: shared.averaging };
  const records = items?.map((item) => ({ ...item, images: [item.image], scores: [item.scores] }));
  return {
    ...shared,
    schema: 2,
    family: isRetrieval ? { name: "retrieval", version: "1", general: true } : { name: "choice", version: "1" },
    policy,
    headline: isRetrieval ? "textToImage@1" : "accuracy",
    values: isRetrieval ? retrievalValues(ranks, captionsPerImage ?? []) : choiceValues(correct ?? [], items),
    predictions: records ?? null,
  };
}

function choiceValues(correct: readonly number[], items: FirstResult["items"]): Record<string, ItemValues> {
  const grouped = items?.some(({ group }) => group !== undefined);
  return { accuracy: { values: [...correct], ...(grouped && { groups: items!.map(({ group = "" }) => group) }) } };
}

function retrievalValues(
  ranks: NonNullable<FirstResult["ranks"]>,
  captionsPerImage: readonly number[],
): Record<string, ItemValues> {
  const clusters = captionsPerImage.flatMap((count, image) => new Array<number>(count).fill(image));
  const severalCaptions = captionsPerImage.some((count) => count > 1);
  const values: Record<string, ItemValues> = {};
  for (const cutoff of [1, 5, 10]) {
    const within = (ahead: number) => (ahead < cutoff ? 1 : 0);
    values[`imageToText@${cutoff}`] = { values: ranks.imageToText.map(within) };
    values[`textToImage@${cutoff}`] = { values: ranks.textToImage.map(within), ...(severalCaptions && { clusters }) };
  }
  return values;
}
