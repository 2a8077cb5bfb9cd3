import { z } from "zod";

/** A positive whole number; `parseConfig` tells what was found instead. */
export const positiveCount = z.int("a positive whole number").positive("a positive whole number");

/** A whole number from 0 on. */
export const wholeCount = z.int("a whole number from 0 on").nonnegative("a whole number from 0 on");

/** Any number. */
export const numberField = z.number("a number");

/** A number above 0. */
export const positiveNumber = z.number("a number above 0").positive("a number above 0");

type Immutable<Value> = Value extends readonly unknown[] ? Readonly<Value> : Value;

/** What a function that takes a configuration accepts: as the schema's input, and nothing of it is changed. */
export type ConfigInput<Schema extends z.ZodType> = {
  readonly [Field in keyof z.input<Schema>]: Immutable<z.input<Schema>[Field]>;
};

/** A configuration with its defaults filled in. */
export type ConfigOutput<Schema extends z.ZodType> = {
  readonly [Field in keyof z.output<Schema>]: Immutable<z.output<Schema>[Field]>;
};

/** The sizes of a transformer. */
export interface TransformerSizes {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly mlpRatio: number;
}

/** Fields of a transformer's sizes. */
export const transformerFields = {
  width: positiveCount,
  layers: positiveCount,
  /** Attention heads; divides `width`. */
  heads: positiveCount,
  /** Hidden width of the feed-forward part as a multiple of `width`. */
  mlpRatio: positiveNumber.default(4),
};

/** A check of a transformer's sizes: its heads share its width, and the feed-forward part has a whole width. */
export function checkTransformer({ width, heads, mlpRatio }: TransformerSizes, context: z.RefinementCtx): void {
  if (width % heads !== 0) fail(context, "width", `is ${width}, which ${heads} heads cannot share evenly.`);
  if (!Number.isInteger(width * mlpRatio)) {
    fail(context, "mlpRatio", `is ${mlpRatio}; times the width of ${width} it must be a whole number.`);
  }
}

/** Reports a field from within a schema's check; `message` goes on after the field's name. */
export function fail(context: z.RefinementCtx, field: string, message: string): void {
  context.addIssue({ code: "custom", path: [field], message });
}
