export { LoadMinerError, type LoadMinerErrorCode, type LoadMinerOptions, loadMiner } from "./miners/load-miner.js";
export { loadVocabulary } from "./vocabulary/load-vocabulary.js";
