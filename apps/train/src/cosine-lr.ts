/**
 * Cosine decay to zero after a linear warm-up, as open_clip's `cosine_lr`.
 * @param step 0-based
 */
export function cosineLr(step: number, options: { lr: number; warmup: number; steps: number }): number {
  const { lr, warmup, steps } = options;
  if (step < warmup) return (lr * (step + 1)) / warmup;
  const progress = (step - warmup) / Math.max(1, steps - warmup);
  return 0.5 * lr * (1 + Math.cos(Math.PI * progress));
}
