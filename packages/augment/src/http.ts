export {
  type HttpRecaptioner,
  type HttpRecaptionerOptions,
  httpRecaptioner,
  type RecaptionUsage,
} from "./http-recaptioner.js";
