import { describe, expect, it } from "vitest";
import { checkNodeVersion } from "./bootstrap.mjs";

describe("checkNodeVersion", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("takes Node %s", (version) => {
    expect(() => checkNodeVersion(version, ">=20.19")).not.toThrow();
  });

  it.each(["18.20.4", "20.18.3"])("refuses Node %s in one sentence", (version) => {
    expect(() => checkNodeVersion(version, ">=20.19")).toThrow(
      `Tesserae needs Node 20.19 or later, this is ${version}. Get it from https://nodejs.org.`,
    );
  });
});
