import { parseCocoJson } from "@tesserae/benchmarks/detection";
import { describe, expect, it } from "vitest";

const whole = JSON.stringify({
  images: [{ id: 1, name: 'a "b" [c' }, { id: 2 }],
  annotations: [
    { id: 1, bbox: [1, 2, 3, 4], segmentation: { counts: [1] } },
    { id: 2, bbox: [5, 6, 7, 8] },
  ],
  categories: [],
});

describe("parseCocoJson", () => {
  it("reads a whole file", () => {
    expect(parseCocoJson(whole, "gt.json", "ground truth").annotations).toHaveLength(2);
  });

  it("says in which list a file is cut off, and after how many whole records", () => {
    expect(() => parseCocoJson(whole.slice(0, whole.indexOf("[5")), "gt.json", "ground truth")).toThrow(
      'gt.json: the file is cut off: it ends after 136 characters inside "annotations", 1 whole records into that list',
    );
    const results = '[{"image_id":1,"bbox":[1,2,3,4]},{"image_id":2,"bbox":[1,2,3,4]},{"im';
    expect(() => parseCocoJson(results, "dt.json", "detections")).toThrow(
      "dt.json: the file is cut off: it ends after 69 characters, 2 whole records into that list",
    );
  });

  it("tells a cut in a string, an empty file and what is no JSON", () => {
    expect(() => parseCocoJson('{"images": [{"file_name": "a', "gt.json", "ground truth")).toThrow(
      'inside "images", 0 whole records',
    );
    expect(() => parseCocoJson(" ", "gt.json", "ground truth")).toThrow("gt.json: the file is empty");
    expect(() => parseCocoJson('{"images": [1,]}', "gt.json", "ground truth")).toThrow("gt.json: is no JSON (");
    expect(() => parseCocoJson('[{"score": NaN}]', "dt.json", "detections")).toThrow("dt.json: is no JSON (");
  });
});
