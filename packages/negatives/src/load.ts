export { LoadMinerError, type LoadMinerErrorCode, type LoadMinerOptions, loadMiner } from "./miners/load-miner.js";
