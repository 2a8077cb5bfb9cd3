import { extname } from "node:path";
import { readTarIndex, readTarMember, type TarMember } from "@tesserae/data";
import { BenchError } from "../bench-error.js";

/** Tar archives as folders: their files by addresses such as "test/0.tar#s0001.webp". */
export interface TarArchives {
  /** Addresses of an archive's files. @throws BenchError when it is damaged or cut short */
  list(path: string): Promise<readonly string[]>;
  /** Bytes of the file at an address. @throws BenchError when there is no such file */
  read(address: string): Promise<Uint8Array>;
}

/** Whether a path is the address of a file in a tar archive. */
export function isTarAddress(path: string): boolean {
  return path.includes(".tar#");
}

/** Whether a file is a tar archive, by its name. */
export function isTar(path: string): boolean {
  return extname(path) === ".tar";
}

/** Opens archives when they are first asked for, and remembers where their files are. */
export function createTarArchives(): TarArchives {
  const known = new Map<string, Promise<ReadonlyMap<string, TarMember>>>();
  const open = (path: string) => {
    const opened = known.get(path) ?? index(path);
    known.set(path, opened);
    return opened;
  };
  return {
    list: async (path) => [...(await open(path)).keys()].map((name) => `${path}#${name}`),
    async read(address) {
      const at = address.indexOf(".tar#") + ".tar".length;
      const path = address.slice(0, at);
      const member = (await open(path)).get(address.slice(at + 1));
      if (member) return readTarMember(path, member);
      throw new BenchError(`${address}: ${path} holds no such file`);
    },
  };
}

async function index(path: string): Promise<ReadonlyMap<string, TarMember>> {
  const { members, problem } = await readTarIndex(path);
  if (problem !== undefined) throw new BenchError(`${path}: ${problem}; copy or download it again`);
  return new Map(members.map((member) => [member.name, member]));
}
