import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs-core";
import { registerGradients, registerOrtBackend } from "@tesserae/tfjs-backend-ort";
import { build } from "esbuild";
import { afterAll, expect, it } from "vitest";
import { trainingSteps } from "./fixtures/training-steps.js";

const candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const chromium = process.env.CHROME_PATH ?? candidates.find(existsSync);
const wasm = dirname(createRequire(import.meta.url).resolve("onnxruntime-web/wasm"));

afterAll(() => tf.removeBackend("ort"));

/** The page and all it imports as one script. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("fixtures/browser-page.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "browser",
    alias: { "@tesserae/tfjs-backend-ort": fileURLToPath(new URL("../index.ts", import.meta.url)) },
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}

/** Serves the page, its script and the files of onnxruntime-web, and hands what the page posts to `done`. */
function serve(script: string, done: (result: string) => void): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += chunk;
      response.end();
      done(body);
    } else if (path === "/") {
      response.setHeader("content-type", "text/html");
      response.end('<!doctype html><script type="module" src="/page.js"></script>');
    } else if (path === "/page.js" || path.startsWith("/ort/")) {
      response.setHeader("content-type", path.endsWith(".wasm") ? "application/wasm" : "text/javascript");
      response.end(path === "/page.js" ? script : await readFile(join(wasm, basename(path))));
    } else {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** What the page posts when headless Chromium opens it. */
async function inBrowser(command: string): Promise<Record<string, unknown>> {
  const script = await bundle();
  const profile = await mkdtemp(join(tmpdir(), "tesserae-browser-"));
  let resolve: (body: string) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const result = new Promise<string>((onResult, onError) => {
    resolve = onResult;
    reject = onError;
  });
  const server = await serve(script, resolve);
  const { port } = server.address() as AddressInfo;
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
  const browser = spawn(command, [...flags, `--user-data-dir=${profile}`, `http://127.0.0.1:${port}/`], {
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => browser.on("close", resolve));
  browser.on("error", reject);
  try {
    return JSON.parse(await result);
  } finally {
    browser.kill();
    server.closeAllConnections();
    server.close();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

it.skipIf(!chromium)(
  "trains in Chromium on onnxruntime-web as it does in Node (skipped where there is no Chromium; CHROME_PATH names one)",
  async () => {
    const { losses, ...report } = await inBrowser(chromium as string);
    expect(report).toEqual({ runtime: "onnxruntime (given)", compiles: expect.any(Number), fallbacks: {} });
    registerGradients();
    registerOrtBackend({ threads: 1 });
    await tf.setBackend("ort");
    const expected = await trainingSteps();
    expect(expected[2]).toBeLessThan(expected[0] as number);
    expect(losses).toHaveLength(3);
    expected.forEach((loss, step) => {
      expect(Math.abs((losses as number[])[step]! - loss)).toBeLessThan(1e-4);
    });
  },
  180_000,
);
