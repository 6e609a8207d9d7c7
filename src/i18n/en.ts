import { commands } from "./en/commands.ts";
import { interfaceWords } from "./en/interface.ts";
import { risk } from "./en/risk.ts";
import type { FirstKey } from "./zh-CN.ts";

/** The English catalogue: the same keys, or it does not compile. */
export const en: Readonly<Record<FirstKey, string>> = {
  ...commands,
  ...interfaceWords,
  ...risk,
};
