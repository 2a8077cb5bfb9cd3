export type { OnnxFunction, OnnxInput, OnnxInputs } from "./export/onnx-function.js";
export { toOnnx } from "./export/to-onnx.js";
export { registerGradients } from "./gradients/register-gradients.js";
export { type JitCounts, type JitFunction, type JitOptions, jit } from "./jit/jit.js";
export { JitError } from "./jit/jit-error.js";
export { type OrtReport, ortReport, resetOrtReport } from "./registration/ort-report.js";
export { type OrtBackendOptions, registerOrtBackend } from "./registration/register-ort-backend.js";
export {
  type BackendName,
  type BackendSelection,
  backendNames,
  deviceNames,
  type SelectedBackend,
  selectBackend,
} from "./selection/select-backend.js";
