/** Where lines go; `terminal` says whether bars can be drawn. */
export interface Output {
  readonly terminal: boolean;
  readonly columns: number;
  print(line: string): void;
}

/** The process's standard output. */
export function standardOutput(): Output {
  return {
    terminal: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 120,
    print: (line) => process.stdout.write(`${line}\n`),
  };
}
