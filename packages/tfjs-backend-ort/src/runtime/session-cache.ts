import type { Session } from "./runtime.js";

/** Compiled sessions by the key of the plan they run. */
export interface SessionCache {
  get(key: string): Session | undefined;
  /** Adds a session and releases the one that has not been used for longest if there are now too many. */
  add(key: string, session: Session): void;
  readonly size: number;
  /** Releases every session. */
  clear(): void;
}

/** A cache that keeps the `limit` most recently used sessions. */
export function createSessionCache(limit: number): SessionCache {
  const sessions = new Map<string, Session>();
  return {
    get(key) {
      const session = sessions.get(key);
      if (session) {
        sessions.delete(key);
        sessions.set(key, session);
      }
      return session;
    },
    add(key, session) {
      sessions.set(key, session);
      if (sessions.size <= limit) return;
      const [oldest] = sessions;
      if (!oldest) return;
      sessions.delete(oldest[0]);
      oldest[1].release();
    },
    get size() {
      return sessions.size;
    },
    clear() {
      for (const session of sessions.values()) session.release();
      sessions.clear();
    },
  };
}
