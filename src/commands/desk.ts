import * as v from "valibot";
import { Emitter } from "../base/emitter.ts";
import { TwinError } from "../base/errors.ts";
import type { PlainCommand } from "../domain/story.ts";
import type { Stores } from "../state/stores.ts";
import { EFFECTS } from "./catalogue.ts";
import type { CommandContext } from "./effect.ts";
import type { CommandPorts } from "./ports.ts";
import { COMMAND_SCHEMAS, type Command, type CommandType, type RunCommand } from "./schemas.ts";

type DeskEvents = {
  /** After the effect, or its failure. */
  ran: { readonly command: PlainCommand; readonly ms: number; readonly error: unknown };
};

export interface CommandDesk {
  /** The one door. Rejects with TwinError `command.unknown` / `command.invalid`, or with the effect's own error. */
  readonly run: RunCommand;
  /** The same door for commands that come as data (story, URL, embedder). */
  readonly runPlain: (command: unknown) => Promise<void>;
  readonly events: Emitter<DeskEvents>;
  /** Commands under way. */
  readonly pending: () => number;
}

/** Checks a command that comes as data and fills in its defaults. */
export function parseCommand(input: unknown): { type: CommandType; args: Record<string, unknown> } {
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw new TwinError("command.invalid", "A command is an object { type, ...arguments }.", {
      type: "?",
      field: "",
      expected: "{ type, … }",
    });
  const { type, ...rest } = input as PlainCommand;
  if (typeof type !== "string" || !Object.hasOwn(COMMAND_SCHEMAS, type))
    throw new TwinError("command.unknown", `There is no command "${String(type)}".`, { type: String(type) });
  const schema = v.strictObject(COMMAND_SCHEMAS[type as CommandType] as v.ObjectEntries);
  const parsed = v.safeParse(schema, rest);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const field = v.getDotPath(issue) ?? "";
    throw new TwinError("command.invalid", `Command "${type}": ${field || "arguments"}: ${issue.message}`, {
      type,
      field: field || "—",
      expected: issue.expected ?? issue.message,
    });
  }
  return { type: type as CommandType, args: parsed.output as Record<string, unknown> };
}

export function createCommandDesk(stores: Stores, ports: CommandPorts): CommandDesk {
  const events = new Emitter<DeskEvents>();
  let pending = 0;
  const runPlain = async (input: unknown): Promise<void> => {
    const start = performance.now();
    let error: unknown = null;
    pending++;
    try {
      const { type, args } = parseCommand(input);
      await (EFFECTS[type] as (args: unknown, context: CommandContext) => void | Promise<void>)(
        args,
        context,
      );
    } catch (caught) {
      error = caught;
      throw caught;
    } finally {
      pending--;
      events.emit("ran", { command: input as PlainCommand, ms: performance.now() - start, error });
    }
  };
  const run: RunCommand = (command: Command) => runPlain(command);
  const context: CommandContext = { stores, ports, run };
  return { run, runPlain, events, pending: () => pending };
}
