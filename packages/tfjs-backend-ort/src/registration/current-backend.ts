import * as tf from "@tensorflow/tfjs-core";
import { OrtBackend } from "../backend/ort-backend.js";
import { ortBackendName } from "./register-ort-backend.js";

/**
 * The ort backend in use.
 *
 * @throws Error when it has not been registered and chosen
 */
export function currentBackend(): OrtBackend {
  const backend = tf.findBackend(ortBackendName);
  if (backend instanceof OrtBackend) return backend;
  throw new Error('The ort backend is not in use. Call registerOrtBackend() and await tf.setBackend("ort") first.');
}
