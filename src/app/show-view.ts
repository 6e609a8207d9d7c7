import type { Command } from "../commands/schemas.ts";
import type { Stores } from "../state/stores.ts";
import { commandsFromQuery } from "./url-state.ts";

/** What a kept view leaves as it is: where one works, and which incident one works on. */
const LEFT_ALONE: ReadonlySet<Command["type"]> = new Set(["set-mode", "choose-incident", "play-story"]);

/** Commands that bring a kept view back into a page that already shows something: what the view left out is taken back first. */
export function commandsOfView(stores: Stores, query: string): readonly Command[] {
  const wanted = commandsFromQuery(query).filter(({ type }) => !LEFT_ALONE.has(type));
  const names = new URLSearchParams(query);
  const { look, hour } = stores.city.get();
  const { waterLevel, chosenWarning } = stores.scenario.get();
  const undo: (Command | false)[] = [
    stores.models.get().open !== null && !names.has("open") && { type: "close-building" },
    look !== "natural" && !names.has("look") && !names.has("theme") && { type: "set-look", look: "natural" },
    hour !== 16 && !names.has("hour") && { type: "set-hour", hour: 16 },
    waterLevel !== null && !names.has("water") && { type: "set-water-level", level: null },
    chosenWarning !== null && !names.has("warning") && { type: "choose-warning", id: null },
    stores.selection.get().selection.kind !== "none" && !names.has("select") && { type: "clear-selection" },
  ];
  const urls = new Set(stores.layers.get().layers.map(({ url }) => url));
  const sources = new Set(stores.models.get().models.map(({ source }) => source));
  const isThere = (command: Command) =>
    (command.type === "add-tileset" && urls.has(command.url)) ||
    (command.type === "open-ifc" && sources.has(command.source)) ||
    (command.type === "set-city" && command.city === stores.city.get().city);
  return [...undo.filter((one) => one !== false), ...wanted.filter((command) => !isThere(command))];
}

/** Runs them one after another; what is no longer there (a warning that is over) is passed over. */
export async function showView(
  stores: Stores,
  query: string,
  run: (command: unknown) => Promise<void>,
): Promise<void> {
  for (const command of commandsOfView(stores, query)) await run(command).catch(() => {});
}
