export { exportOnnx, type ToOnnx } from "./folders/export-onnx.js";
export type { HubOptions } from "./folders/hub-folder.js";
export { type LoadClipOptions, type LoadedClip, loadClip } from "./folders/load-clip.js";
export { type LoadedTextTower, loadTextTower } from "./folders/load-text-tower.js";
export { readCheckpoint } from "./folders/read-checkpoint.js";
export { type SaveClipOptions, saveClip } from "./folders/save-clip.js";
export { weightsRevision } from "./folders/weights-revision.js";
