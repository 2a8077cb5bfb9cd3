// Packs what the repository publishes, as the registry would get it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./bootstrap.mjs";
import { run } from "./run.mjs";

/** Runs `work` over all items, `atOnce` at a time. */
export async function inParallel(items, work, atOnce = 2) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** The packages, apps and native binaries that are published. */
export function publishedWorkspaces() {
  return ["packages", "apps", "native"]
    .flatMap((kind) =>
      readdirSync(join(root, kind)).map((name) => {
        const path = join(root, kind, name);
        return { kind, name, path, manifest: JSON.parse(readFileSync(join(path, "package.json"), "utf8")) };
      }),
    )
    .filter(({ manifest }) => manifest.private !== true);
}

/**
 * Packs workspaces into a folder; one that cannot be packed is named and left out.
 *
 * @returns {Promise<Map<string, string>>} Address of the tarball (`file:…`) by package name.
 */
export async function packAll(workspaces, folder, env) {
  const tarballs = new Map();
  await inParallel(workspaces, async ({ name, path, manifest }) => {
    const tarball = join(folder, `${name}.tgz`);
    const { code, output } = await run("pnpm", ["pack", "--out", tarball], { cwd: path, env, capture: true });
    if (code !== 0) console.log(`${manifest.name}: pnpm pack failed\n${output}`);
    else tarballs.set(manifest.name, pathToFileURL(tarball).href);
  });
  return tarballs;
}
