export { type DecomposeOptions, decompose } from "@tesserae/scene-graph";
