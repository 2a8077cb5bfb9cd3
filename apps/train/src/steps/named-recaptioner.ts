import { graphRecaptioner, type Recaptioner, transformersRecaptioner } from "@tesserae/augment";
import { httpRecaptioner } from "@tesserae/augment/http";
import { suggestion } from "@tesserae/shared";
import { TrainError } from "../train-error.js";

/** Who can write captions by name: all captions of an image joined, its gold graph, a service, a model on this machine. */
export const recaptionerNames = ["joined", "graphs", "http", "transformers"] as const;

/** What `http` and `transformers` need. */
export interface NamedRecaptionerOptions {
  /** Base address of an OpenAI-compatible service, for `http`. */
  readonly url?: string;
  /** Its model, or one of the hub for `transformers`. */
  readonly model?: string;
  /** Folder of answers by content, so that nothing is paid for twice. */
  readonly cacheFolder?: string;
}

/**
 * The recaptioner of a name.
 *
 * @throws TrainError for an unknown name, or where the address or the model is missing
 */
export function namedRecaptioner(name: string, { url, model, cacheFolder }: NamedRecaptionerOptions = {}): Recaptioner {
  if (name === "joined") return joined;
  if (name === "graphs") return graphRecaptioner();
  if (name === "transformers") {
    if (!model)
      throw new TrainError('recaption by "transformers": say which model, such as Xenova/vit-gpt2-image-captioning');
    return transformersRecaptioner({ model });
  }
  if (name === "http") {
    if (!url || !model)
      throw new TrainError('recaption by "http": say the address of the service, up to its version, and the model');
    return httpRecaptioner({ baseUrl: url, model, ...(cacheFolder === undefined ? {} : { cacheFolder }) });
  }
  throw new TrainError(`recaption by "${name}": no such recaptioner; ${suggestion(name, recaptionerNames)}`);
}

/** All captions of an image, each as a sentence. They come as the alternative text, one a line. */
const joined: Recaptioner = {
  name: "joined",
  version: "1",
  recaption: async (requests) =>
    requests.map(({ altText = "" }) => ({
      caption: altText
        .split("\n")
        .map((text) => (/[.!?]$/.test(text) ? text : `${text}.`))
        .join(" "),
    })),
};
