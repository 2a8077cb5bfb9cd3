/** The 20 sets of ELEVATER's image classification in the wild with their metrics, and ImageNet with its shifts. */
export const imageSets: Readonly<Record<string, "top1" | "meanPerClass" | "rocAuc" | "map11">> = {
  caltech101: "meanPerClass",
  cifar10: "top1",
  cifar100: "top1",
  country211: "top1",
  dtd: "top1",
  eurosat: "top1",
  fer2013: "top1",
  "fgvc-aircraft": "meanPerClass",
  food101: "top1",
  gtsrb: "top1",
  "hateful-memes": "rocAuc",
  "kitti-distance": "top1",
  mnist: "top1",
  flowers102: "meanPerClass",
  "oxford-pets": "meanPerClass",
  pcam: "top1",
  "rendered-sst2": "top1",
  resisc45: "top1",
  "stanford-cars": "top1",
  voc2007: "map11",
  imagenet: "top1",
  "imagenet-a": "top1",
  "imagenet-r": "top1",
  "imagenet-sketch": "top1",
  "imagenet-v2": "top1",
};

/** ELEVATER's 20 sets, in its order. */
export const elevaterSets: readonly string[] = Object.keys(imageSets).slice(0, 20);
