import { pick, type Rng } from "@tesserae/scene-graph/random";
import { type AttributeCategory, attributeMention, type CaptionPlan, clausePlan } from "../captions/caption-plan.js";
import { isUnseenAttributeCompound, isUnseenRelationCompound } from "../scenes/compounds.js";
import type { Scene } from "../scenes/scene.js";
import { attributeFoils, kindFoils, relationFoils } from "./foils.js";
import type { Variant } from "./variant.js";

interface SystematicityVariants {
  readonly group: "attribute" | "relation";
  readonly variants: readonly Variant[];
}

/**
 * A caption that states one compound, an attribute with a kind or two kinds in a relation, then `foils` false ones
 * with one atom replaced. With `unseen`, that compound is the only one of the scene that training has not shown;
 * without, it has shown all. Nothing where the scene does not suit.
 */
export function systematicityVariants(
  rng: Rng,
  scene: Scene,
  unseen: boolean,
  foils: number,
): SystematicityVariants | undefined {
  if (scene.objects.length === 1) return attributeCompound(rng, scene, unseen, foils);
  return scene.objects.length === 2 ? relationCompound(rng, scene, unseen, foils) : undefined;
}

function attributeCompound(rng: Rng, scene: Scene, unseen: boolean, foils: number): SystematicityVariants | undefined {
  const object = scene.objects[0]!;
  const { kind } = object;
  const categories = (["size", "colour", "pattern"] as const).filter((category) => isSayable(object[category]));
  const heldOut = categories.filter((category) => isUnseenAttributeCompound(object[category], kind));
  if (heldOut.length !== (unseen ? 1 : 0)) return undefined;
  const category: AttributeCategory = unseen ? heldOut[0]! : pick(rng, categories);
  const attribute = attributeMention(rng, category, object[category]);
  const plan: CaptionPlan = {
    mentions: [{ kind, attributes: [attribute] }],
    clauses: [],
    opening: pick(rng, ["bare", "there is"] as const),
  };
  const truth = { objects: scene.objects, relations: [], plan };
  const replaced = attributeFoils(rng, scene, truth, kind, attribute).slice(0, 2);
  const others = kindFoils(rng, scene, truth, kind, foils - replaced.length);
  return { group: "attribute", variants: [truth, ...replaced, ...others] };
}

function isSayable(value: string): boolean {
  return value !== "medium" && value !== "plain";
}

function relationCompound(rng: Rng, scene: Scene, unseen: boolean, foils: number): SystematicityVariants | undefined {
  const { subject, predicate, object } = scene.relations[0]!;
  if (predicate !== "left of" && predicate !== "above") return undefined;
  const [first, second] = [scene.objects[subject]!.kind, scene.objects[object]!.kind];
  if (isUnseenRelationCompound(first, predicate, second) !== unseen) return undefined;
  const nothing = { size: 0, colour: 0, pattern: 0, everything: true };
  const plan = clausePlan(rng, scene, scene.relations, nothing);
  const truth = { objects: scene.objects, relations: scene.relations, plan };
  const replaced = relationFoils(rng, scene, truth).slice(0, 1);
  const firsts = kindFoils(rng, scene, truth, first, 2);
  const seconds = kindFoils(rng, scene, truth, second, foils - replaced.length - firsts.length);
  return { group: "relation", variants: [truth, ...replaced, ...firsts, ...seconds] };
}
