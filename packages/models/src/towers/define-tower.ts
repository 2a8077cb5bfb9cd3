import type * as tf from "@tensorflow/tfjs-core";
import type { z } from "zod";
import type { ConfigInput, ConfigOutput } from "../config/fields.js";
import { parseConfig } from "../config/parse-config.js";
import type { ParameterSpec } from "../layers/parameter-spec.js";
import type { TextTensors } from "../layers/text-tensors.js";
import type { PrefixBatch } from "../packing/pack-prefixes.js";
import type { ConfigSection, ImageTower, StoredTensor, TextTower, TowerContext, TowerKind } from "./tower.js";

/** Options that every tower of a kind has. */
interface NeededOptions {
  readonly image: { readonly imageSize: number };
  readonly text: { readonly contextLength: number; readonly vocabSize: number };
}

/** What a tower of a kind is given. */
interface TowerInput {
  readonly image: tf.Tensor4D;
  readonly text: TextTensors;
}

interface TowerOf {
  readonly image: ImageTower;
  readonly text: TextTower;
}

/** How a kind of tower stands in Hugging Face's files. */
export interface HuggingFaceImport<Input, Options> {
  /** The `model_type` of its section or file. */
  readonly modelType: string;
  /** Options from a section. @throws ModelError naming the field that is missing or not supported */
  read(section: ConfigSection, where: string): Input;
  /** The section of a CLIP's `config.json`; undefined when CLIPModel has no such tower. */
  write?(options: Options): ConfigSection | undefined;
  /** The tower's own name of a tensor in a file of the tower alone; undefined for what has no place in it. */
  parameter?(stored: string): string | undefined;
}

/** How a kind of tower stands in open_clip's files. */
export interface OpenClipImport<Input, Options> {
  /** Whether a `vision_cfg` or `text_cfg` describes this kind of tower. */
  matches(section: ConfigSection): boolean;
  /** Options from a section. @throws ModelError naming the field that is not supported */
  read(section: ConfigSection, where: string): Input;
  /** The section. @throws ModelError when open_clip has no such tower */
  write(options: Options): ConfigSection;
  /** The tensor that holds a parameter. Default: the parameter's own name after `visual.` in an image tower. */
  tensor(parameter: string): StoredTensor;
  readonly projection: StoredTensor;
}

/** What a kind of tower is made of. Names of parameters are the tower's own; the model puts its own beginning before them. */
export interface TowerDefinition<Kind extends TowerKind, Schema extends z.ZodType> {
  readonly kind: Kind;
  readonly name: string;
  readonly version: string;
  /** Its options with their defaults, as a zod schema; images need `imageSize`, texts `contextLength` and `vocabSize`. */
  readonly schema: Schema;
  /** Width of the features; absent when `encode` projects them to `embedDim` itself. */
  width?(options: ConfigOutput<Schema>): number;
  /** In the order of the computation. */
  parameters(options: ConfigOutput<Schema>, embedDim: number): readonly ParameterSpec[];
  /** The beginnings of the names of each block's parameters, first block first. Default: none. */
  blocks?(options: ConfigOutput<Schema>): readonly string[];
  /** @returns the features [items, width] */
  encode(input: TowerInput[Kind], options: ConfigOutput<Schema>, context: TowerContext): tf.Tensor2D;
  /** Of an image tower: features of regions; see `RegionFeatures`. */
  readonly regions?: {
    /** Side of a cut-out; undefined where these options have no features of regions. */
    size(options: ConfigOutput<Schema>): number | undefined;
    featureMap(pixels: tf.Tensor4D, options: ConfigOutput<Schema>, context: TowerContext): tf.Tensor4D;
    pool(cells: tf.Tensor4D, options: ConfigOutput<Schema>, context: TowerContext): tf.Tensor2D;
  };
  /** Of a causal text tower: texts that share beginnings. */
  encodePrefixes?(batch: PrefixBatch, options: ConfigOutput<Schema>, context: TowerContext): tf.Tensor2D;
  readonly huggingFace?: HuggingFaceImport<ConfigInput<Schema>, ConfigOutput<Schema>>;
  readonly openClip?: OpenClipImport<ConfigInput<Schema>, ConfigOutput<Schema>>;
}

/** Reads towers of one kind from other libraries' configurations. */
export interface TowerReader<Result> {
  /** Whether the section describes this kind of tower. */
  matches(section: ConfigSection): boolean;
  /** @throws ModelError naming the field that is missing or not supported */
  read(section: ConfigSection, where: string): Result;
  /** See `HuggingFaceImport.parameter`. */
  parameter?(stored: string): string | undefined;
}

/** A factory of towers of one kind, as `createClip` and `loadClip` take in their `towers`. */
export interface AnyTowerFactory<Kind extends TowerKind = TowerKind> {
  readonly kind: Kind;
  /** What configurations call its type. */
  readonly towerName: string;
  readonly version: string;
  /** A tower from options that came from a file. @param where named in errors */
  parse(options: unknown, where: string): TowerOf[Kind];
  readonly huggingFace?: TowerReader<TowerOf[Kind]>;
  readonly openClip?: TowerReader<TowerOf[Kind]>;
}

/** A factory of towers: call it with options. */
export interface TowerFactory<Kind extends TowerKind, Input> extends AnyTowerFactory<Kind> {
  /** @throws ModelError naming the option that is wrong or unknown */
  (options: Input): TowerOf[Kind];
}

/**
 * Makes a factory of towers. The built-in ones are made by it, and so are those of others: hand a tower to `createClip` in place of
 * a configuration, and the factory to `loadClip` as one of its `towers`.
 */
export function defineTower<Kind extends TowerKind, Schema extends z.ZodType<NeededOptions[Kind]>>(
  definition: TowerDefinition<Kind, Schema>,
): TowerFactory<Kind, ConfigInput<Schema>> {
  const { kind, name, version, schema, huggingFace, openClip } = definition;
  const section = kind === "image" ? "vision" : "text";
  const parse = (given: unknown, where: string): TowerOf[Kind] =>
    towerValue(definition, parseConfig(schema, given, where, ["type"]) as ConfigOutput<Schema>);
  const reader = <Result>(
    source: { read(section: ConfigSection, where: string): Result } | undefined,
    matches: (section: ConfigSection) => boolean,
  ) => source && { matches, read: (from: ConfigSection, where: string) => parse(source.read(from, where), where) };
  const ofHuggingFace = reader(huggingFace, ({ model_type: type }) => type === huggingFace?.modelType);
  const ofOpenClip = reader(openClip, (from) => openClip?.matches(from) ?? false);
  return Object.assign((options: ConfigInput<Schema>) => parse(options, section), {
    kind,
    towerName: name,
    version,
    parse,
    ...(ofHuggingFace && {
      huggingFace: { ...ofHuggingFace, ...(huggingFace?.parameter && { parameter: huggingFace.parameter }) },
    }),
    ...(ofOpenClip && { openClip: ofOpenClip }),
  });
}

/** The tower that a definition makes of checked options. */
function towerValue<Kind extends TowerKind, Schema extends z.ZodType>(
  definition: TowerDefinition<Kind, Schema>,
  options: ConfigOutput<Schema>,
): TowerOf[Kind] {
  const { kind, name, version, encodePrefixes, huggingFace, openClip } = definition;
  const given = options as ConfigSection & NeededOptions["image"] & NeededOptions["text"];
  const width = definition.width?.(options);
  const written = huggingFace?.write?.(options);
  const { regions } = definition;
  const regionSize = regions?.size(options);
  const value = {
    kind,
    name,
    version,
    options: given,
    ...(width !== undefined && { width }),
    blocks: definition.blocks?.(options) ?? [],
    parameters: (embedDim: number) => definition.parameters(options, embedDim),
    encode: (input: TowerInput[Kind], context: TowerContext) => definition.encode(input, options, context),
    formats: {
      ...(huggingFace && written && { huggingFace: { modelType: huggingFace.modelType, section: () => written } }),
      ...(openClip && {
        openClip: {
          section: () => openClip.write(options),
          tensor: openClip.tensor,
          projection: openClip.projection,
        },
      }),
    },
  };
  const own =
    kind === "image"
      ? {
          imageSize: given.imageSize,
          ...(regions &&
            regionSize !== undefined && {
              regions: {
                size: regionSize,
                featureMap: (pixels: tf.Tensor4D, context: TowerContext) =>
                  regions.featureMap(pixels, options, context),
                pool: (cells: tf.Tensor4D, context: TowerContext) => regions.pool(cells, options, context),
              },
            }),
        }
      : {
          contextLength: given.contextLength,
          vocabSize: given.vocabSize,
          ...(encodePrefixes && {
            encodePrefixes: (batch: PrefixBatch, context: TowerContext) => encodePrefixes(batch, options, context),
          }),
        };
  return { ...value, ...own } as unknown as TowerOf[Kind];
}
