import { openDataset } from "@tesserae/data";
import { expect, test } from "vitest";
import { useTemporaryFolder } from "../../fixtures/temporary-folder.js";

const { dataset, write, path } = useTemporaryFolder();

const regions = [
  {
    id: 1,
    regions: [
      { region_id: 7, image_id: 1, x: 1, y: 2, width: 30, height: 40, phrase: "a red dog " },
      { region_id: 8, image_id: 1, x: 5, y: 6, width: 7, height: 8, phrase: "grass under the dog" },
      { region_id: 9, image_id: 1, x: 5, y: 6, width: 7, height: 8, phrase: "" },
    ],
  },
  { id: 2, regions: [{ region_id: 10, image_id: 2, x: 0, y: 0, width: 1, height: 1, phrase: "a cat" }] },
  { id: 3, regions: [] },
];
const graphs = [
  {
    image_id: 1,
    objects: [
      { object_id: 70, names: ["Dog"], attributes: ["red"], x: 1, y: 2, w: 30, h: 40 },
      { object_id: 71, names: ["grass"], x: 0, y: 30, w: 60, h: 20 },
    ],
    relationships: [
      { relationship_id: 5, predicate: "ON", subject_id: 70, object_id: 71 },
      { relationship_id: 6, predicate: "near", subject_id: 70, object_id: 99 },
    ],
  },
  { objects: [], relationships: [] },
  { image_id: 4, objects: [], relationships: [] },
];
const boxes = [
  { category: "Dog", bbox: [1, 2, 30, 40] },
  { category: "grass", bbox: [0, 30, 60, 20] },
];

test("a folder: phrases with their regions, objects with their boxes, the scene graph of the image", async () => {
  await write("vg/region_descriptions.json", JSON.stringify(regions));
  await write("vg/scene_graphs.json", JSON.stringify(graphs));
  const { name, samples, problems } = await openDataset(path("vg"));
  expect(name).toBe("visual-genome");
  expect(samples).toMatchObject([
    {
      id: "1",
      image: "1.jpg",
      captions: ["a red dog", "grass under the dog"],
      captionBoxes: [
        [1, 2, 30, 40],
        [5, 6, 7, 8],
      ],
      boxes,
      imageGraph: {
        caption: "",
        objects: [{ name: "dog", attributes: [{ name: "red" }] }, { name: "grass" }],
        relations: [{ subject: "o1", predicate: "on", object: "o2" }],
        diagnostics: [{ code: "unknown-object" }],
      },
    },
    { id: "2", image: "2.jpg", captions: ["a cat"], captionBoxes: [[0, 0, 1, 1]] },
  ]);
  expect(samples[1]!.imageGraph).toBeUndefined();
  expect(problems.map((problem) => problem.replace(path("vg"), ""))).toEqual([
    "/scene_graphs.json: [1]: no image_id; skipped",
    '/region_descriptions.json: [0].regions[2]: expected a phrase and a box, found {"region_id":9,"image_id":1,"x":5,"y":6,...; skipped',
    "/region_descriptions.json: [2]: no id or no regions; skipped",
  ]);
});

test("either file alone, told by its content", async () => {
  const alone = await dataset("regions.json", JSON.stringify(regions));
  expect([alone.name, alone.samples.length]).toEqual(["visual-genome", 2]);
  const scenes = await dataset("graphs.json", JSON.stringify(graphs));
  expect(scenes.samples).toMatchObject([{ id: "1", image: "1.jpg", captions: ["dog, grass"], boxes }]);
  expect(scenes.problems).toEqual([": [1]: no image_id; skipped", ": image 4: no object with a name; skipped"]);
});

test("images in the two folders that Visual Genome comes in", async () => {
  await write("both/region_descriptions.json", JSON.stringify(regions));
  await write("both/VG_100K/1.jpg", "");
  await write("both/VG_100K_2/2.jpg", "");
  const { samples, problems } = await openDataset(path("both"), { imageFolder: path("both") });
  expect(samples.map(({ image }) => image)).toEqual([path("both/VG_100K/1.jpg"), path("both/VG_100K_2/2.jpg")]);
  expect(problems.length).toBe(2);
});
