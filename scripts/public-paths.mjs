import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../packages", import.meta.url));

/** The sources behind the public paths of our packages: `{ "@tesserae/scene-graph/random": "…/packages/scene-graph/src/random.ts" }`. */
export const publicPaths = Object.fromEntries(
  readdirSync(packages).flatMap((name) => {
    const { exports } = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"));
    return Object.keys(exports)
      .filter((subpath) => subpath !== "./package.json")
      .map((subpath) => [`@tesserae/${name}${subpath.slice(1)}`, sourceOf(name, subpath)])
      .filter(([, path]) => path !== undefined);
  }),
);

function sourceOf(name, subpath) {
  const file = subpath === "." ? "index" : subpath.slice(2);
  return [`${file}.ts`, `${file}/index.ts`].map((path) => join(packages, name, "src", path)).find(existsSync);
}
