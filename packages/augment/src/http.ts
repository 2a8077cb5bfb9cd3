export {
  type HttpRecaptioner,
  type HttpRecaptionerOptions,
  httpRecaptioner,
  type RecaptionUsage,
} from "./recaptioners/http-recaptioner.js";
