import { words } from "./words.js";

// Words that together name one thing. General English only: no list is taken from a data set.

/** Words that end in "-ing" and are nouns in a caption. */
export const ingNouns = words(
  `building buildings ceiling ceilings railing railings sibling siblings morning evening wing wings ring rings king kings string strings thing things clothing awning awnings wiring lightning icing stuffing
   topping toppings dressing frosting siding lettering bedding seating landing crossing writing drawing drawings carving carvings painting paintings wedding spring earring earrings
   flooring paneling molding moulding filling fencing lighting housing duckling duckling gosling dumpling dumplings pudding herring sling wingding opening openings markings marking gathering
   meeting setting outing covering coverings coating trimming swing swings sing bling being beings stocking stockings greeting tubing piping scaffolding shelving intersection offspring paving nothing something anything everything`,
);

/** Adjective and noun that together name another thing than the noun does. */
export const fixedCompounds: ReadonlySet<string> = new Set([
  "bald eagle",
  "fast food",
  "french fry",
  "grand piano",
  "grizzly bear",
  "hard hat",
  "high chair",
  "high school",
  "hot dog",
  "hot tub",
  "ice cream",
  "wet suit",
  "polar bear",
  "remote control",
  "roller skate",
  "ice skate",
  "soft drink",
  "sweet potato",
  "teddy bear",
  "tissue paper",
  "toilet paper",
  "wax paper",
]);

/** Gerunds that, before a noun, say what the noun is for and so belong to its name: "parking lot", "cutting board". */
export const purposeGerunds = words(
  `parking cutting dining living swimming baking washing sewing shopping racing fishing sailing cooking chopping skating frying mixing serving boxing waiting changing vending sleeping drinking dressing
   rolling sitting reading rocking wedding training playing landing running diving riding hiking skiing bathing boarding loading meeting operating packing filing bowling carving ironing steering wrapping
   writing drawing mowing recycling sealing measuring warning landing surfing wrestling`,
);

/** Nouns in -ing that behind somebody say what that one does: "a man painting". */
export const makings = words(
  "painting drawing building carving crossing landing covering filling meeting dressing icing frosting writing cutting",
);
