import type { TrainConfigInput } from "@tesserae/train";
import { shared } from "./shared.js";

export default { ...shared, name: "demo/clip", method: "clip" } satisfies TrainConfigInput;
