import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { checkRoom } from "./check-room.js";

it("asks for two checkpoints of weights with two moments, and says both sizes", async () => {
  await checkRoom("runs/a", 1000, 24_000);
  await expect(checkRoom("runs/a", 1000, 23_999)).rejects.toThrow(
    "runs/a: two checkpoints take 24 KiB, and 23 KiB are free; give an --out on a larger disk",
  );
  await expect(checkRoom("runs/a", 150e6, 2 ** 31)).rejects.toThrow("take 3434 MiB, and 2048 MiB are free");
});

it("asks the system how much is free", async () => {
  await checkRoom(tmpdir(), 1);
  await expect(checkRoom(tmpdir(), 1e18)).rejects.toThrow(/are free/);
});
