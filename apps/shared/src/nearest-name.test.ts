import { nearestName, suggestion } from "@tesserae/shared";
import { expect, it } from "vitest";

it("finds what was probably meant, and nothing where nothing is near", () => {
  expect(nearestName("bachSize", ["lr", "batchSize"])).toBe("batchSize");
  expect(nearestName("zzzzzz", ["lr", "batchSize"])).toBeUndefined();
  expect(suggestion("mosaclip", ["clip", "mosaiclip"])).toBe('did you mean "mosaiclip"? (known: clip, mosaiclip)');
  expect(suggestion("zzzzzz", ["clip", "mosaiclip"])).toBe("known: clip, mosaiclip");
});
