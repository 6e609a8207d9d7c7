import type { zhLate } from "./late-words.ts";
import { commands } from "./zh-CN/commands.ts";
import { interfaceWords } from "./zh-CN/interface.ts";
import { risk } from "./zh-CN/risk.ts";

/** The Chinese catalogue of the first screen. What panels say that come after it, and errors: late-sentences.ts. */
export const zhCN = {
  ...commands,
  ...interfaceWords,
  ...risk,
} as const;

export type FirstKey = keyof typeof zhCN;
/** Every key of the interface, whenever its words arrive. */
export type MessageKey = FirstKey | keyof typeof zhLate;
