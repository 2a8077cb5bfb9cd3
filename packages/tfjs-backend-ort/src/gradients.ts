/** The subpath `@tesserae/tfjs-backend-ort/gradients`: tfjs-core's gradients alone, for any backend. */
export { registerGradients } from "./gradients/register-gradients.js";
