import { ModelError } from "../model-error.js";

/** What a pickle names but does not hold: a class or a function of Python. Nothing of it is run. */
export interface PickleGlobal {
  readonly global: string;
}

/** How the objects of a pickle are made. */
export interface PickleHandlers {
  /** The result of calling a global; what is not known may become anything. */
  call(global: string, args: readonly unknown[]): unknown;
  /** An object kept outside the pickle. */
  persistent(id: unknown): unknown;
}

/**
 * Reads Python's pickle format (protocol 2 to 5) as far as `torch.save` uses it: dictionaries become maps, lists and tuples arrays.
 * Calls go to the handlers, so no code of a file is run.
 *
 * @throws ModelError when the bytes are cut, or use what is not read.
 */
export function readPickle(bytes: Uint8Array, file: string, handlers: PickleHandlers): unknown {
  const reader = byteReader(bytes, file);
  const stack: unknown[] = [];
  const operations = pickleOperations(reader, stack, handlers);
  for (let code = reader.u8(); code !== 46; code = reader.u8()) {
    const operation = operations[code];
    if (!operation) throw new ModelError(`${file}: its pickle uses operation ${code}, which is not read.`);
    operation();
  }
  return stack.pop();
}

/** Takes bytes from the front, as what they stand for. */
function byteReader(bytes: Uint8Array, file: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = new TextDecoder();
  let at = 0;
  const take = (length: number) => {
    at += length;
    if (at > bytes.length) throw new ModelError(`${file}: its pickle is cut.`);
    return at - length;
  };
  const string = (length: number) => text.decode(bytes.subarray(take(length), at));
  return {
    skip: take,
    string,
    line: () => string(bytes.indexOf(10, at) - at + 1).slice(0, -1),
    u8: () => bytes[take(1)]!,
    u16: () => view.getUint16(take(2), true),
    u32: () => view.getUint32(take(4), true),
    i32: () => view.getInt32(take(4), true),
    f64: () => view.getFloat64(take(8), false),
    integer: (length: number) => littleEndianInteger(bytes.subarray(take(length), at)),
  };
}

/** What each operation does to the stack, by its code. */
function pickleOperations(
  { skip, string, line, u8, u16, u32, i32, f64, integer }: ReturnType<typeof byteReader>,
  stack: unknown[],
  handlers: PickleHandlers,
): Readonly<Record<number, () => void>> {
  const marks: number[] = [];
  const memo = new Map<number, unknown>();
  const toMark = () => stack.splice(marks.pop()!);
  const tuple = (length: number) => stack.push(stack.splice(stack.length - length));
  const setItems = (items: readonly unknown[]) => {
    const target = stack.at(-1) as Map<unknown, unknown>;
    for (let i = 0; i + 1 < items.length; i += 2) target.set(items[i], items[i + 1]);
  };
  const call = () => {
    const args = stack.pop() as readonly unknown[];
    const { global } = stack.pop() as PickleGlobal;
    stack.push(handlers.call(global, args));
  };
  return {
    128: () => skip(1), // PROTO
    149: () => skip(8), // FRAME
    40: () => marks.push(stack.length), // MARK
    41: () => stack.push([]), // EMPTY_TUPLE
    93: () => stack.push([]), // EMPTY_LIST
    125: () => stack.push(new Map()), // EMPTY_DICT
    116: () => stack.push(toMark()), // TUPLE
    133: () => tuple(1),
    134: () => tuple(2),
    135: () => tuple(3),
    97: () => (stack.at(-2) as unknown[]).push(stack.pop()), // APPEND
    101: () => {
      const items = toMark();
      (stack.at(-1) as unknown[]).push(...items); // APPENDS
    },
    115: () => setItems(stack.splice(-2)), // SETITEM
    117: () => setItems(toMark()), // SETITEMS
    78: () => stack.push(null), // NONE
    136: () => stack.push(true),
    137: () => stack.push(false),
    75: () => stack.push(u8()), // BININT1
    77: () => stack.push(u16()), // BININT2
    74: () => stack.push(i32()), // BININT
    138: () => stack.push(integer(u8())), // LONG1
    71: () => stack.push(f64()), // BINFLOAT
    88: () => stack.push(string(u32())), // BINUNICODE
    140: () => stack.push(string(u8())), // SHORT_BINUNICODE
    84: () => stack.push(string(u32())), // BINSTRING
    85: () => stack.push(string(u8())), // SHORT_BINSTRING
    66: () => stack.push(string(u32())), // BINBYTES
    67: () => stack.push(string(u8())), // SHORT_BINBYTES
    99: () => stack.push({ global: `${line()}.${line()}` }), // GLOBAL
    147: () => stack.push({ global: stack.splice(-2).join(".") }), // STACK_GLOBAL
    82: call, // REDUCE
    129: call, // NEWOBJ
    98: () => stack.pop(), // BUILD: an object's attributes, of no use here
    81: () => stack.push(handlers.persistent(stack.pop())), // BINPERSID
    113: () => memo.set(u8(), stack.at(-1)), // BINPUT
    114: () => memo.set(u32(), stack.at(-1)), // LONG_BINPUT
    148: () => memo.set(memo.size, stack.at(-1)), // MEMOIZE
    104: () => stack.push(memo.get(u8())), // BINGET
    106: () => stack.push(memo.get(u32())), // LONG_BINGET
  };
}

/** A whole number in two's complement, of any length. */
function littleEndianInteger(bytes: Uint8Array): number {
  const value = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
  return (bytes.at(-1) ?? 0) >= 128 ? value - 256 ** bytes.length : value;
}
