import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const command = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** Runs the built command. */
function run(args: readonly string[], input = ""): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...args]);
    let out = "";
    let err = "";
    child.stdout.on("data", (text) => (out += String(text)));
    child.stderr.on("data", (text) => (err += String(text)));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

// The command is a built file; a test run from fresh sources has none.
describe.skipIf(!existsSync(command))("the command", () => {
  it("prints a tree", async () => {
    expect(await run(["a man riding a brown horse without a hat"])).toEqual({
      code: 0,
      out: [
        "a man riding a brown horse without a hat",
        "  man",
        "    ride -> horse",
        "  horse: brown",
        "  ! negated: The caption says that this is absent; it is not in the graph.",
        "",
      ].join("\n"),
      err: "",
    });
  });

  it("reads standard input line by line and writes FACTUAL or JSON", async () => {
    expect((await run(["--factual"], "a red dog\n\ntwo cats on a mat\n")).out).toBe(
      "( dog , is , red )\n( cats , on , mat ) , ( cats , is , 2 )\n",
    );
    const { out } = await run(["--json"], "a dog");
    expect(JSON.parse(out)).toMatchObject({ caption: "a dog", objects: [{ id: "o1", name: "dog" }] });
  });

  it("explains what it does not take", async () => {
    const { code, err } = await run(["--json", "--factual", "a dog"]);
    expect([code, err.split("\n")[0]]).toEqual([2, "Give --json or --factual, not both."]);
  });
});
