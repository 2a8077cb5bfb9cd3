/**
 * CLIP (Radford et al., ICML 2021): images against their captions. The base of the papers' protocol, and CLIP-FT of their tables.
 *
 *     train run clip --out runs/base                                        the base, on the synthetic world
 *     train run clip --scale world-ft --set pretrained=runs/base            CLIP-FT on the world
 *     train run clip --scale coco --set data=<COCO>                         CLIP-FT of MosaiCLIP, Table 1
 *
 * Expected (MosaiCLIP, Table 1, COCO): VG-Relation 58.9, VG-Attribution 65.3, order 38.4, VL-CheckList 71.3, SVO 90.15.
 * Pre-training (Table 3, CC-12M, Swin-T): VG-Relation 51.0, VG-Attribution 56.6, order 25.5.
 */
import { clipLoss } from "@tesserae/losses";
import { caption } from "@tesserae/negatives";
import { defineRecipe } from "../recipe/define-recipe.js";
import { train } from "../steps/train.js";
import { mosaiclipFineTuning, mosaiclipPreTraining, photos, smoke, worldBase, worldFineTuning } from "./scales.js";

export const clip = defineRecipe({
  name: "clip",
  flags: { labelSmoothing: 0 },
  scales: {
    world: worldBase,
    "world-ft": worldFineTuning,
    smoke,
    photos,
    coco: { ...mosaiclipFineTuning, data: "coco" },
    cc3m: { ...mosaiclipFineTuning, data: "cc3m" },
    cc12m: { ...mosaiclipPreTraining, data: "cc12m" },
    yfcc: { ...mosaiclipPreTraining, data: "yfcc" },
  },
  steps: (flags) => [train({ texts: caption(), loss: clipLoss({ labelSmoothing: flags.labelSmoothing }) })],
});
