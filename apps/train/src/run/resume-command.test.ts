import { expect, it } from "vitest";
import { resumeCommand } from "./resume-command.js";

it("is the command that started the run, quoted for a shell, with --resume in the place of --overwrite", () => {
  const argv = [
    "/usr/bin/node",
    "/app/cli.js",
    "run",
    "clip",
    "--set",
    "data=my photos",
    "--out",
    "it's",
    "--overwrite",
  ];
  expect(resumeCommand(argv, "npx @tesserae/train")).toBe(
    "npx @tesserae/train run clip --set 'data=my photos' --out 'it'\\''s' --resume",
  );
  expect(resumeCommand(["node", "cli.js", "run", "clip", "--resume"], "pnpm train")).toBe(
    "pnpm train run clip --resume",
  );
});
