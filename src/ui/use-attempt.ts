import { useState } from "react";
import { type PlainError, toPlainError } from "../base/errors.ts";
import type { Command } from "../commands/schemas.ts";
import { useTwin } from "./context.tsx";

export interface Attempt {
  readonly isBusy: boolean;
  /** Why the last attempt failed. */
  readonly error: PlainError | null;
  /** Runs the commands one after another; true when all of them worked. */
  start(commands: readonly Command[]): Promise<boolean>;
}

/** Commands of a window that stays open until they have worked, so that what was typed is not lost; it tells a failure itself. */
export function useAttempt(): Attempt {
  const { attempt } = useTwin();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<PlainError | null>(null);
  const start = async (commands: readonly Command[]) => {
    setBusy(true);
    setError(null);
    try {
      for (const command of commands) await attempt(command);
      return true;
    } catch (caught) {
      setError(toPlainError(caught));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, start };
}
