import { expect, it, vi } from "vitest";
import { takeTurnRecording } from "./recorder-lock.ts";

/** One exclusive lock, as the browser hands it round. */
function lockBox() {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    request: (_name: string, { signal }: { signal: AbortSignal }, work: () => unknown) => {
      const turn = tail.then(() => {
        if (signal.aborted) throw new DOMException("gone", "AbortError");
        return work();
      });
      tail = turn.catch(() => {});
      return turn;
    },
  } as unknown as LockManager;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

it("lets one page record at a time, and the next one that is still there take over", async () => {
  const locks = lockBox();
  const [one, two, three] = [vi.fn(), vi.fn(), vi.fn()];
  const leaveOne = takeTurnRecording(one, locks);
  const leaveTwo = takeTurnRecording(two, locks);
  takeTurnRecording(three, locks);
  await settle();
  expect([one, two, three].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 0]);
  leaveTwo();
  leaveOne();
  await settle();
  expect([one, two, three].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1]);
});

it("records at once where the browser has no locks", () => {
  const turn = vi.fn();
  takeTurnRecording(turn, undefined)();
  expect(turn).toHaveBeenCalledOnce();
});
