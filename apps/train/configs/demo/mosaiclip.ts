import type { TrainConfigInput } from "@tesserae/train";
import { shared } from "./shared.js";

export default { ...shared, name: "demo/mosaiclip", method: "mosaiclip" } satisfies TrainConfigInput;
