import type { SceneGraph } from "@tesserae/scene-graph";

/** An image whose caption is to be written anew, with what is known about it. */
export interface RecaptionRequest {
  /** A path, a URL or another name of the image. */
  readonly image: string;
  readonly altText?: string;
  /** The title of the page that showed the image. */
  readonly title?: string;
  /** What the image is known to show. */
  readonly graph?: SceneGraph;
}

/** A new caption, or why there is none. */
export type Recaption = { readonly caption: string } | { readonly problem: string };

/** Writes new captions for images (Semantic Guidance, Stone et al. 2024: grounded recaptioning). */
export interface Recaptioner {
  readonly name: string;
  /** Changes when the same request may give another caption. */
  readonly version: string;
  /** One answer for each request, in their order. */
  recaption(
    requests: readonly RecaptionRequest[],
    context?: { readonly signal?: AbortSignal },
  ): Promise<readonly Recaption[]>;
  dispose?(): void | Promise<void>;
}
