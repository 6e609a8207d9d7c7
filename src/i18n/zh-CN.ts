import { commands } from "./zh-CN/commands.ts";
import { interfaceWords } from "./zh-CN/interface.ts";
import { risk } from "./zh-CN/risk.ts";

/** The Chinese catalogue. Its keys are the type of every message key. Errors come later: late-sentences.ts. */
export const zhCN = { ...commands, ...interfaceWords, ...risk } as const;

export type MessageKey = keyof typeof zhCN;
