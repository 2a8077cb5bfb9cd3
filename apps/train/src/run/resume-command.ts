/**
 * The command that goes on with a run, as it can be pasted into a shell: the one that started it, with `--resume`.
 *
 * @param argv the process's arguments, program and script first
 * @param runner how the program was called. Default: by pnpm's script inside the repository, else by npx
 */
export function resumeCommand(
  argv: readonly string[],
  runner = process.env.npm_lifecycle_event === "train" ? "pnpm train" : "npx @tesserae/train",
): string {
  const given = argv.slice(2).filter((argument) => argument !== "--resume" && argument !== "--overwrite");
  return [runner, ...given.map(quoted), "--resume"].join(" ");
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
