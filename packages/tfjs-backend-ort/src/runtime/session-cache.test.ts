import { describe, expect, it } from "vitest";
import type { Session } from "./runtime.js";
import { createSessionCache } from "./session-cache.js";

describe("createSessionCache", () => {
  const create = (limit: number) => {
    const released: string[] = [];
    const cache = createSessionCache(limit);
    const add = (key: string) => {
      const session: Session = { run: async () => ({}), release: () => void released.push(key) };
      cache.add(key, session);
      return session;
    };
    return { cache, add, released };
  };

  it("releases the session that has not been used for longest", () => {
    const { cache, add, released } = create(2);
    const first = add("first");
    add("second");
    expect(cache.get("first")).toBe(first);
    add("third");
    expect(released).toEqual(["second"]);
    expect(cache.get("second")).toBeUndefined();
    expect(cache.get("first")).toBe(first);
    expect(cache.size).toBe(2);
  });

  it("releases all when it is cleared", () => {
    const { cache, add, released } = create(3);
    add("first");
    add("second");
    cache.clear();
    expect(released).toEqual(["first", "second"]);
    expect(cache.size).toBe(0);
  });
});
