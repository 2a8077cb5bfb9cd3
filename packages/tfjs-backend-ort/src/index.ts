export { registerGradients } from "./gradients.js";
export { type OrtReport, ortReport, resetOrtReport } from "./ort-report.js";
export { type OrtBackendOptions, registerOrtBackend } from "./register-ort-backend.js";
export {
  type BackendName,
  type BackendSelection,
  backendNames,
  type SelectedBackend,
  selectBackend,
} from "./select-backend.js";
export { type OnnxFunction, type OnnxInput, type OnnxInputs, toOnnx } from "./to-onnx.js";
