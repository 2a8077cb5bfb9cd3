/** What run-core-tests.mjs bundles: tfjs-core's own tests, with the backend under test registered before they are declared. */
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import { setTestEnvs } from "@tensorflow/tfjs-core/dist/jasmine_util.js";
import { registerGradients, registerOrtBackend } from "../src/index.js";

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

const backendName = process.env.CORE_TESTS_BACKEND as string;
registerGradients();
if (backendName === "ort") registerOrtBackend({ threads: 1 });
setTestEnvs([{ name: backendName, backendName, isDataSync: true }]);
