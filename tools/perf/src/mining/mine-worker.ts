import { parentPort } from "node:worker_threads";
import { captionMiner, type MineJob } from "./caption-miner.js";

const mine = captionMiner();
parentPort!.on("message", async (job: MineJob) => parentPort!.postMessage(await mine(job)));
