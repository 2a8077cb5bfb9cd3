import { z } from "zod";

/** A photo with captions and boxes: a line of `annotations.jsonl`. */
export const photoSchema = z.object({
  /** Below the folder of the images. */
  file: z.string(),
  width: z.number().positive(),
  height: z.number().positive(),
  captions: z.array(z.string()).min(1),
  boxes: z.array(
    z.object({
      category: z.string(),
      /** x, y, width, height in pixels. */
      bbox: z.tuple([z.number(), z.number(), z.number().positive(), z.number().positive()]),
      iscrowd: z.number().optional(),
    }),
  ),
  /** null: nobody drew boxes on it. */
  box_source: z.string().nullable(),
});

export type Photo = z.infer<typeof photoSchema>;
