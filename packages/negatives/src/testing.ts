export {
  conformanceCaptions,
  seededRng,
  type TestNegativeMinerOptions,
  testNegativeMiner,
} from "./testing/test-negative-miner.js";
