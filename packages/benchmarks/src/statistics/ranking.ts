/**
 * Area under the ROC curve (Hanley & McNeil 1982): the share of pairs of a positive and a negative in which the positive scores
 * higher; equal scores count half.
 */
export function rocAuc(scores: readonly number[], positive: readonly boolean[]): number {
  const order = scores.map((_, index) => index).sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end += 1;
    const rank = (start + 1 + end) / 2;
    for (let place = start; place < end; place++) if (positive[order[place]!]) rankSum += rank;
    start = end;
  }
  const positives = positive.filter(Boolean).length;
  const negatives = positive.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/**
 * Average precision at the 11 recalls 0, 0.1, … 1: at each, the highest precision at that recall or above. As ELEVATER computes it
 * (`vision_evaluation` over scikit-learn's curve): equal scores enter together, and the curve ends in precision 1 at recall 0, which
 * PASCAL VOC's own program (Everingham et al. 2010) does not add.
 */
export function elevenPointPrecision(scores: readonly number[], positive: readonly boolean[]): number {
  const order = scores.map((_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  const positives = positive.filter(Boolean).length;
  const points = [{ recall: 0, precision: 1 }];
  let hits = 0;
  order.forEach((index, place) => {
    if (positive[index]) hits += 1;
    const next = order[place + 1];
    if (next === undefined || scores[next] !== scores[index]) {
      points.push({ recall: hits / positives, precision: hits / (place + 1) });
    }
  });
  let sum = 0;
  for (let tenth = 0; tenth <= 10; tenth++) {
    const reached = points.filter(({ recall }) => recall >= tenth / 10 - 1e-12);
    sum += reached.reduce((best, { precision }) => Math.max(best, precision), 0);
  }
  return sum / 11;
}
