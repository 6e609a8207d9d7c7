import type { Command } from "../../commands/schemas.ts";
import type { LocalText } from "../../domain/provenance.ts";
import type { MessageKey } from "../../i18n/zh-CN.ts";
import type { PaletteGroup } from "./entry.ts";

/** An entry before it has words of a language. */
export type Draft = {
  readonly group: PaletteGroup;
  readonly key: MessageKey;
  /** A key or a text that fills `{name}`. */
  readonly name?: MessageKey | LocalText | string;
  readonly command: Command | readonly Command[];
  readonly hint?: string;
};
