import { isAbort } from "../base/abort.ts";
import { toPlainError } from "../base/errors.ts";
import type { RunCommand } from "../commands/schemas.ts";
import { putNotice } from "../state/put-notice.ts";
import type { Stores } from "../state/stores.ts";

/** Shows a thrown thing as a notice; aborts pass in silence. */
export function noteError(stores: Stores, error: unknown): void {
  if (isAbort(error)) return;
  const { code, message, params } = toPlainError(error);
  putNotice(stores, { tone: "error", key: `error.${code}`, params, detail: message });
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
