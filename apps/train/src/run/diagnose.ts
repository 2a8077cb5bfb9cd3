/** What a run's folder says of it, as far as it has come. */
export interface RunEvidence {
  /** Content of `recipe.json`. */
  readonly made: { readonly flags?: { readonly batchSize?: number } };
  /** Lines of `metrics.jsonl`. */
  readonly metrics: readonly Readonly<Record<string, unknown>>[];
  /** Content of `run.json`, where the run is finished. */
  readonly record?: { readonly parts?: readonly Readonly<Record<string, unknown>>[] };
}

/** Something that keeps a run from learning: what was seen, and what to do. */
export interface Finding {
  readonly name: "loss" | "temperature" | "collapse" | "captions" | "miner" | "data-wait";
  readonly text: string;
}

/** Records at the end of a training that are looked at together. */
const lastRecords = 5;
/** A loss within this share of ln(batch) is that of guessing. */
const guessing = 0.03;
/** CLIP's bound of the logit scale; near it the temperature no longer moves. */
const highestScale = 99;
/** Mean cosine of different images, or different texts, above which they are told apart no longer. */
const collapsed = 0.95;
const manyDuplicates = 0.1;
const fewCovered = 0.01;
const longWait = 0.3;

/** Looks for what usually keeps a run from learning. @returns nothing where nothing of that was seen */
export function diagnose({ made, metrics, record }: RunEvidence): readonly Finding[] {
  const parts = [...new Set(metrics.map(({ part }) => part))];
  return [
    ...parts.flatMap((part) => {
      const lines = metrics.filter((line) => line.part === part);
      return [...lossFindings(lines, made.flags?.batchSize), ...similarityFindings(lines), ...captionFindings(lines)];
    }),
    ...minerFindings(record),
  ];
}

function lossFindings(lines: RunEvidence["metrics"], batchSize: number | undefined): Finding[] {
  const last = lines.filter(({ loss }) => typeof loss === "number").slice(-lastRecords);
  if (last.length === 0) return [];
  const mean = (key: string) => last.reduce((sum, line) => sum + Number(line[key] ?? 0), 0) / last.length;
  const findings: Finding[] = [];
  const guess = Math.log(batchSize ?? 1);
  if (batchSize !== undefined && batchSize > 1 && Math.abs(mean("loss") - guess) < guessing * guess) {
    findings.push({
      name: "loss",
      text: `the loss stays at ${mean("loss").toFixed(3)}, that of guessing among ${batchSize} images (ln ${batchSize} = ${guess.toFixed(3)}): raise lr or train longer, and check that captions belong to their images`,
    });
  }
  if (last.every(({ logitScale }) => typeof logitScale === "number" && logitScale >= highestScale)) {
    findings.push({
      name: "temperature",
      text: `the logit scale is pinned at its bound (${mean("logitScale").toFixed(1)} of 100): the batches are told apart too easily; give harder negatives or a larger batch, or lower lr`,
    });
  }
  const wait = mean("dataWaitShare");
  if (wait > longWait) {
    findings.push({
      name: "data-wait",
      text: `${(100 * wait).toFixed(0)} % of the time is spent waiting for data: prepare the captions beforehand (train prepare), use smaller images, or a faster disk`,
    });
  }
  return findings;
}

function similarityFindings(lines: RunEvidence["metrics"]): Finding[] {
  const { meanCosine } = lines.findLast((line) => line.meanCosine !== undefined) ?? {};
  return Object.entries((meanCosine ?? {}) as Record<string, number>)
    .filter(([, cosine]) => cosine > collapsed)
    .map(([kind, cosine]) => ({
      name: "collapse",
      text: `the embeddings of different held-out ${kind}s are nearly one (mean cosine ${cosine.toFixed(3)}): lower lr, raise warmup, or start from a pre-trained model`,
    }));
}

function captionFindings(lines: RunEvidence["metrics"]): Finding[] {
  const { data } = lines.find((line) => line.data !== undefined) ?? {};
  const { duplicateCaptions: share } = (data ?? {}) as { readonly duplicateCaptions?: number };
  if (typeof share !== "number" || share <= manyDuplicates) return [];
  const text = `${(100 * share).toFixed(0)} % of the training captions also stand at another image: in one batch they count as wrong answers that are right; write captions that tell images apart, or use a loss with several positives`;
  return [{ name: "captions", text }];
}

function minerFindings(record: RunEvidence["record"]): Finding[] {
  const reports = (record?.parts ?? []).flatMap(
    ({ coverage = [] }) => coverage as readonly { miner: string; captions: number; covered: number }[],
  );
  return reports
    .filter(({ captions, covered }) => captions > 0 && covered / captions < fewCovered)
    .map(({ miner, captions, covered }) => ({
      name: "miner",
      text: `miner "${miner}" found something for ${covered} of ${captions} captions: look at them with --set inspect=5, or take another miner`,
    }));
}
