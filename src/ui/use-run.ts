import type { Command } from "../commands/schemas.ts";
import { useTwin } from "./context.tsx";

/** Runs a command from an event. What fails is told by the command room as a notice; here nothing is left unhandled. */
export function useRun(): (command: Command) => void {
  const { run } = useTwin();
  return (command) => {
    run(command).catch(() => {});
  };
}
