import { createHash } from "node:crypto";

/** The first digits of the SHA-256 of a value's JSON. */
export function checksum(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);
}
