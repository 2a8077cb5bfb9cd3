import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";

it("runs from a browser bundle, in a context without Node's globals", async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL("./index.ts", import.meta.url))],
    bundle: true,
    minify: true,
    platform: "browser",
    format: "iife",
    globalName: "sceneGraph",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  expect(output!.imports.filter(({ external }) => external)).toEqual([]);
  expect(outputFiles[0]!.contents.length).toBeLessThan(1_000_000);

  const page = createContext({});
  runInContext("globalThis.self = globalThis", page);
  runInContext(outputFiles[0]!.text, page);
  expect(runInContext("typeof process + typeof require + typeof Buffer", page)).toBe("undefinedundefinedundefined");
  expect(runInContext("sceneGraph.toFactual(sceneGraph.parse('a red dog on a box'))", page)).toBe(
    "( dog , on , box ) , ( dog , is , red )",
  );
  const streamed = runInContext(
    `(async () => {
      const found = [];
      for await (const graph of sceneGraph.parseStream(["a dog", "two cats"])) found.push(sceneGraph.verbalise(graph));
      return found.join("; ");
    })()`,
    page,
  ) as Promise<string>;
  expect(await streamed).toBe("dog; two cat");
});
