// Preloaded (`node --import`) into a process, its threads and its children: counts every operation that changes files below a folder, and
// at the n-th ends the process with SIGKILL, or lets it fail. Set by environment variables:
//
//   FAULTS_FOLDER   the folder; operations elsewhere are not counted
//   FAULTS_LOG      file that receives one record an operation, of all threads and processes together; its length is the count
//   FAULTS_AT       the operation that ends the process: what writes has written half, what removes a folder has removed half of it
//   FAULTS_ERROR    an error code, such as ENOSPC or EACCES: operations from FAULTS_AT on fail with it, and nothing is killed
//   FAULTS_MATCH    regular expression of "operation path": FAULTS_AT counts those that match, in each thread by itself; all are recorded
//   FAULTS_ONLY     regular expression of "operation path": only these count
//   FAULTS_POWER    as a power cut: what was not synced is lost too. Files lose their content, renames and new folders are undone; a copy of
//                   the folder without this loss is left beside the log
//   FAULTS_WITHOUT  regular expression of "operation path": these are counted and do nothing, to show that they are needed
//
// Operations that only read or close are not counted: a kill before them leaves what a kill before the next change leaves.
import fs from "node:fs";
import fsPromises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Bytes of a record of the log. */
export const recordBytes = 160;
/** With FAULTS_POWER: what stands beside the log for the folder as the kill alone leaves it. */
export const plainSuffix = ".plain";

const { FAULTS_FOLDER, FAULTS_LOG, FAULTS_AT, FAULTS_MATCH, FAULTS_ERROR, FAULTS_ONLY, FAULTS_POWER, FAULTS_WITHOUT } =
  process.env;
if (FAULTS_FOLDER && FAULTS_LOG) install(resolve(FAULTS_FOLDER));

function install(folder) {
  const real = { ...fs };
  const log = real.openSync(FAULTS_LOG, "a");
  const at = FAULTS_AT === undefined ? Number.POSITIVE_INFINITY : Number(FAULTS_AT);
  const [only, without, match] = [FAULTS_ONLY, FAULTS_WITHOUT, FAULTS_MATCH].map((text) =>
    text ? new RegExp(text) : undefined,
  );
  const pathOf = new Map(); // of file descriptors
  const unsynced = createUnsynced(real, folder);
  let [dying, matched] = [false, 0];

  const inFolder = (path) => path === folder || path?.startsWith(folder + sep);
  const textOf = (path) => {
    if (typeof path === "number") return pathOf.get(path);
    if (path instanceof URL) return fileURLToPath(path);
    return path === undefined ? undefined : resolve(String(path));
  };

  /** What is done about an operation: "go on", "skip", or throws; never returns at the operation that is killed. */
  function meet(name, path, tear) {
    if (dying || !inFolder(path)) return "go on";
    const what = `${name} ${relative(folder, path) || "."}`;
    if (only && !only.test(what)) return "go on";
    real.writeSync(log, `${what.slice(0, recordBytes - 1).padEnd(recordBytes - 1)}\n`);
    if (match?.test(what)) matched++;
    const isReached = match ? match.test(what) && matched >= at : real.fstatSync(log).size / recordBytes >= at;
    if (!isReached) return without?.test(what) ? "skip" : "go on";
    if (FAULTS_ERROR) {
      const reasons = { ENOSPC: "no space left on device", EACCES: "permission denied", EIO: "i/o error" };
      const message = `${FAULTS_ERROR}: ${reasons[FAULTS_ERROR] ?? "injected"}, ${name} '${path}'`;
      throw Object.assign(new Error(message), { code: FAULTS_ERROR, syscall: name, path });
    }
    dying = true; // what follows changes files too, and is no operation of the process
    try {
      tear?.();
    } catch {}
    if (FAULTS_POWER) {
      copyStill(real, folder, `${FAULTS_LOG}${plainSuffix}`);
      unsynced.lose();
    }
    process.kill(process.pid, "SIGKILL");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // until the signal is delivered
  }

  const bytesOf = (data) =>
    typeof data === "string" ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const half = (data) => bytesOf(data).subarray(0, bytesOf(data).length >> 1);
  const writes = (flags) => (typeof flags === "number" ? (flags & 3) !== 0 : /[wa+]/.test(flags ?? "r"));
  const removeHalf = (path) => {
    if (!real.statSync(path).isDirectory()) return;
    const names = real.readdirSync(path);
    for (const name of names.slice(0, Math.ceil(names.length / 2))) real.rmSync(join(path, name), { recursive: true });
  };

  /** Operations by the path they are named after, how they are torn, and what they leave unsynced. */
  const byPath = {
    rename: {
      place: (a) => a[1],
      before: (a) => unsynced.renaming(textOf(a[0]), textOf(a[1])),
      after: (a) => unsynced.renamed(textOf(a[0]), textOf(a[1])),
    },
    unlink: { place: (a) => a[0], after: (a) => unsynced.synced(textOf(a[0])) },
    rm: { place: (a) => a[0], tear: (a) => removeHalf(textOf(a[0])) },
    rmdir: { place: (a) => a[0] },
    mkdir: { place: (a) => a[0], before: (a) => unsynced.making(textOf(a[0])) },
    mkdtemp: { place: (a) => a[0] },
    link: { place: (a) => a[1] },
    symlink: { place: (a) => a[1] },
    copyFile: { place: (a) => a[1], after: (a) => unsynced.wrote(textOf(a[1])) },
    truncate: { place: (a) => a[0] },
    chmod: { place: (a) => a[0] },
    chown: { place: (a) => a[0] },
    writeFile: {
      place: (a) => a[0],
      tear: (a) => real.writeFileSync(textOf(a[0]), half(a[1])),
      after: (a) => unsynced.wrote(textOf(a[0])),
    },
    appendFile: {
      place: (a) => a[0],
      tear: (a) => real.appendFileSync(textOf(a[0]), half(a[1])),
      after: (a) => a[2]?.flush || unsynced.wrote(textOf(a[0])),
    },
    write: {
      place: (a) => a[0],
      tear: (a) => real.writeSync(a[0], half(a[1])),
      after: (a) => unsynced.wrote(pathOf.get(a[0])),
    },
    fsync: { name: "sync", place: (a) => a[0], after: (a) => unsynced.synced(pathOf.get(a[0])) },
    fdatasync: { name: "sync", place: (a) => a[0], after: (a) => unsynced.synced(pathOf.get(a[0])) },
    ftruncate: { place: (a) => a[0] },
    fchmod: { name: "chmod", place: (a) => a[0] },
    fchown: { name: "chown", place: (a) => a[0] },
  };
  const remember = (fd, path) => {
    if (inFolder(path)) pathOf.set(fd, path);
    else pathOf.delete(fd);
  };
  const openKind = { name: "open", place: (a) => a[0] };
  const isWriting = (args) => writes(typeof args[1] === "function" ? "r" : args[1]);

  for (const [method, kind] of Object.entries(byPath)) {
    const run = (args) => {
      const path = textOf(kind.place(args));
      const answer = meet(kind.name ?? method, path, kind.tear && (() => kind.tear(args)));
      if (answer === "go on" && inFolder(path)) kind.before?.(args);
      return { answer, done: () => inFolder(path) && !dying && kind.after?.(args) }; // while dying: of what tears
    };
    if (fs[method]) {
      const original = fs[method];
      fs[method] = function (...args) {
        const callback = args.at(-1);
        if (typeof callback !== "function") return original.apply(this, args);
        let met;
        try {
          met = run(args);
        } catch (error) {
          return void process.nextTick(callback, error);
        }
        if (met.answer === "skip")
          return void process.nextTick(callback, null, method === "write" ? bytesOf(args[1]).length : undefined);
        args[args.length - 1] = (error, ...rest) => {
          if (!error) met.done();
          callback(error, ...rest);
        };
        return original.apply(this, args);
      };
    }
    if (fs[`${method}Sync`]) {
      const original = fs[`${method}Sync`];
      fs[`${method}Sync`] = function (...args) {
        const { answer, done } = run(args);
        if (answer === "skip") return undefined;
        const result = original.apply(this, args);
        done();
        return result;
      };
    }
    if (fsPromises[method]) {
      const original = fsPromises[method];
      fsPromises[method] = async function (...args) {
        if (typeof args[0] === "object" && typeof args[0]?.fd === "number") return original.apply(this, args); // a handle: see below
        const { answer, done } = run(args);
        if (answer === "skip") return undefined;
        const result = await original.apply(this, args);
        done();
        return result;
      };
    }
  }

  const { open, openSync } = real;
  fs.open = function (...args) {
    const callback = args.at(-1);
    const path = textOf(args[0]);
    try {
      if (isWriting(args)) meet(openKind.name, path);
    } catch (error) {
      return void process.nextTick(callback, error);
    }
    args[args.length - 1] = (error, fd) => {
      if (!error) remember(fd, path);
      callback(error, fd);
    };
    return open.apply(this, args);
  };
  fs.openSync = function (...args) {
    const path = textOf(args[0]);
    if (isWriting(args)) meet(openKind.name, path);
    const fd = openSync.apply(this, args);
    remember(fd, path);
    return fd;
  };
  for (const method of ["close", "closeSync"]) {
    const original = fs[method];
    fs[method] = (fd, ...rest) => {
      pathOf.delete(fd); // the number is given to another file, which node:fs may open itself
      return original(fd, ...rest);
    };
  }
  const openHandle = fsPromises.open;
  fsPromises.open = async function (...args) {
    const path = textOf(args[0]);
    if (isWriting(args)) meet(openKind.name, path);
    const handle = await openHandle.apply(this, args);
    remember(handle.fd, path);
    const { close } = handle;
    handle.close = () => {
      pathOf.delete(handle.fd);
      return close();
    };
    return handle;
  };
  patchHandles();
  syncBuiltinESMExports();

  async function patchHandles() {
    const handle = await openHandle(fileURLToPath(import.meta.url));
    const prototype = Object.getPrototypeOf(handle);
    await handle.close();
    const methods = {
      write: "write",
      writev: "write",
      writeFile: "write",
      appendFile: "write",
      sync: "sync",
      datasync: "sync",
      truncate: "truncate",
      chmod: "chmod",
    };
    for (const [method, name] of Object.entries(methods)) {
      const original = prototype[method];
      prototype[method] = async function (...args) {
        const path = pathOf.get(this.fd);
        const answer = meet(
          name,
          path,
          name === "write" && ArrayBuffer.isView(args[0]) ? () => real.writeSync(this.fd, half(args[0])) : undefined,
        );
        if (answer === "skip") return method === "write" ? { bytesWritten: args[2] ?? args[0].length } : undefined;
        const result = await original.apply(this, args);
        if (inFolder(path)) (name === "sync" ? unsynced.synced : unsynced.wrote)(path);
        return result;
      };
    }
  }
}

/** Copies a folder in which an operation that was begun before may still be under way: until nothing vanishes meanwhile. */
function copyStill(real, folder, copy) {
  for (let attempt = 1; ; attempt++) {
    try {
      real.rmSync(copy, { recursive: true, force: true });
      return real.cpSync(folder, copy, { recursive: true });
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}

/** What a power cut would undo: contents of files, renames and new folders that were not synced. */
function createUnsynced(real, folder) {
  const contents = new Set();
  let entries = []; // renames and new folders, in order
  const shadows = `${FAULTS_LOG}.shadows`;
  return {
    wrote: (path) => path && contents.add(path),
    synced: (path) => {
      contents.delete(path);
      entries = entries.filter(({ to }) => dirname(to) !== path);
    },
    making: (path) => {
      if (!FAULTS_POWER) return;
      for (let at = path; at.startsWith(folder + sep) && !real.existsSync(at); at = dirname(at))
        entries.push({ to: at });
    },
    renaming: (from, to) => {
      if (!FAULTS_POWER) return;
      let shadow;
      if (real.existsSync(to) && real.statSync(to).isFile()) {
        real.mkdirSync(shadows, { recursive: true });
        shadow = join(shadows, `${process.pid}-${entries.length}-${process.hrtime.bigint()}`);
        real.linkSync(to, shadow);
      }
      entries.push({ from, to, shadow });
    },
    renamed: (from, to) => {
      const moved = (path) => (path === from || path.startsWith(from + sep) ? to + path.slice(from.length) : path);
      for (const path of [...contents]) {
        if (moved(path) === path) continue;
        contents.delete(path);
        contents.add(moved(path));
      }
    },
    lose: () => {
      for (const path of contents) if (real.existsSync(path)) real.truncateSync(path, 0);
      for (const { from, to, shadow } of [...entries].reverse()) {
        try {
          if (from === undefined) real.rmSync(to, { recursive: true, force: true });
          else real.renameSync(to, from);
          if (shadow) real.linkSync(shadow, to);
        } catch {}
      }
    },
  };
}
