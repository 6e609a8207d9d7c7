import type { Stores } from "../state/stores.ts";
import type { CommandPorts } from "./ports.ts";
import type { CommandArguments, CommandType, RunCommand } from "./schemas.ts";

/** What an effect may touch: the stores, the outside through ports, and the same door for follow-up commands. */
export interface CommandContext {
  readonly stores: Stores;
  readonly ports: CommandPorts;
  readonly run: RunCommand;
}

export type Effect<T extends CommandType> = (
  args: CommandArguments<T>,
  context: CommandContext,
) => void | Promise<void>;
export type Effects<T extends CommandType = CommandType> = { readonly [K in T]: Effect<K> };
