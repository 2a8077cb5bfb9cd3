import type { TrainConfigInput } from "@tesserae/train";
import { shared } from "./shared.js";

export default { ...shared, name: "demo/structure-clip", method: "structure-clip" } satisfies TrainConfigInput;
