import { ModelError } from "../model-error.js";
import { sizeOf, type WeightArray, type Weights } from "../weights/weights.js";
import { decodeNumbers, numberTypes, unreadType } from "./number-types.js";
import { type PickleGlobal, readPickle } from "./pickle.js";
import type { ByteSource } from "./safetensors.js";
import { zipDirectory } from "./zip-directory.js";

/** A tensor of a checkpoint: a part of a storage. */
class StoredTensor {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

interface Storage {
  readonly type: string;
  readonly key: string;
}

/** PyTorch's storage types by safetensors' names. */
const types: Readonly<Record<string, string>> = {
  FloatStorage: "F32",
  HalfStorage: "F16",
  BFloat16Storage: "BF16",
  LongStorage: "I64",
};

/** What a trainer's checkpoint calls the model's part. */
const stateNames = ["state_dict", "model_state_dict", "model"];

/**
 * Reads the weights of a file that `torch.save` wrote (`.pt`, `.pth`, `.bin`; PyTorch 1.6 or later): a state dictionary, or a
 * training checkpoint with one in it. No code of the file is run. "module." before the names, which data-parallel training puts
 * there, is taken away.
 *
 * @throws ModelError when the file is of an older or another kind, has no tensors, or has tensors of a type that is not read.
 */
export async function streamPytorch(source: ByteSource, file: string): Promise<Weights> {
  const start = await source.read(0, Math.min(2, source.size));
  if (start[0] !== 0x50 || start[1] !== 0x4b) {
    throw new ModelError(
      `${file} is no file of torch.save of PyTorch 1.6 or later; load it in Python and save its state_dict() again.`,
    );
  }
  const entries = await zipDirectory(source, file);
  const pickleName = [...entries.keys()].find((name) => /(^|\/)data\.pkl$/.test(name));
  if (pickleName === undefined || [...entries.keys()].some((name) => name.endsWith("constants.pkl"))) {
    throw new ModelError(
      `${file} holds a program (TorchScript), not weights; load it in Python and save its state_dict().`,
    );
  }
  const root = pickleName.slice(0, -"data.pkl".length);
  const entry = (name: string) => {
    const found = entries.get(name);
    if (!found) throw new ModelError(`${file}: ${name} is missing in the archive.`);
    return found;
  };
  const { begin, size } = entry(pickleName);
  const content = readPickle(await source.read(begin, begin + size), file, { call, persistent });
  const weights = new Map<string, WeightArray>();
  for (const [name, tensor] of stateOf(content, file)) {
    const dtype = types[tensor.storage.type];
    if (dtype === undefined) throw unreadType(file, name, tensor.storage.type);
    weights.set(
      name.replace(/^module\./, ""),
      await readTensor(source, entry(`${root}data/${tensor.storage.key}`).begin, dtype, tensor),
    );
  }
  return weights;
}

function call(global: string, args: readonly unknown[]): unknown {
  switch (global) {
    case "torch._utils._rebuild_tensor_v2": {
      const [storage, offset, shape, strides] = args as [Storage, number, number[], number[]];
      return new StoredTensor(storage, offset, shape, strides);
    }
    case "torch._utils._rebuild_parameter":
      return args[0];
    default:
      return new Map(); // an ordered dictionary, or an object that is of no use here
  }
}

/** ("storage", type, key, device, numbers) */
function persistent(id: unknown): Storage {
  const [, type, key] = id as [string, PickleGlobal, string];
  return { type: type.global.replace(/^torch\./, ""), key };
}

/** The tensors by name of what a checkpoint holds. */
function stateOf(content: unknown, file: string): [string, StoredTensor][] {
  const nested = stateNames.map((name) => (content instanceof Map ? content.get(name) : undefined));
  for (const candidate of [...nested, content]) {
    if (!(candidate instanceof Map)) continue;
    const tensors = [...candidate].filter((pair): pair is [string, StoredTensor] => pair[1] instanceof StoredTensor);
    if (tensors.length > 0) return tensors;
  }
  throw new ModelError(`${file} holds no tensors by name, nor under ${stateNames.join(" or ")}.`);
}

async function readTensor(
  { read }: ByteSource,
  storage: number,
  dtype: string,
  { offset, shape, strides }: StoredTensor,
): Promise<WeightArray> {
  const length = sizeOf(shape);
  const span = length === 0 ? 0 : 1 + shape.reduce((sum, side, axis) => sum + (side - 1) * strides[axis]!, 0);
  const { size } = numberTypes[dtype]!;
  const numbers = decodeNumbers(dtype, await read(storage + offset * size, storage + (offset + span) * size));
  if (isContiguous(shape, strides)) return { shape, data: numbers };
  const data = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    let rest = i;
    let at = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    data[i] = numbers[at]!;
  }
  return { shape, data };
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  return shape.every((side, axis) => side === 1 || strides[axis] === sizeOf(shape.slice(axis + 1)));
}
