import { isAbort } from "../base/abort.ts";
import { toPlainError } from "../base/errors.ts";
import type { RunCommand } from "../commands/schemas.ts";
import type { Stores } from "../state/stores.ts";

const KEPT = 4;
let count = 0;

/** Shows a thrown thing as a notice; aborts pass in silence. */
export function noteError(stores: Stores, error: unknown): void {
  if (isAbort(error)) return;
  const { code, message, params } = toPlainError(error);
  const notice = { id: ++count, tone: "error", key: `error.${code}`, params, detail: message } as const;
  stores.notices.set({ notices: [...stores.notices.get().notices, notice].slice(-KEPT) });
}

/** The door for people: what fails is told on screen, and the promise still rejects. */
export function runWithNotices(stores: Stores, run: RunCommand): RunCommand {
  return async (command) => {
    try {
      await run(command);
    } catch (error) {
      noteError(stores, error);
      throw error;
    }
  };
}
