import { parentPort } from "node:worker_threads";
import { captionMiner, type MineJob } from "./mine-captions.js";

const mine = captionMiner();
parentPort!.on("message", async (job: MineJob) => parentPort!.postMessage(await mine(job)));
