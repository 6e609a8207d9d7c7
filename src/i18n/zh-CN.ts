import { commands } from "./zh-CN/commands.ts";
import { errors } from "./zh-CN/errors.ts";
import { interfaceWords } from "./zh-CN/interface.ts";
import { risk } from "./zh-CN/risk.ts";

/** The Chinese catalogue. Its keys are the type of every message key. */
export const zhCN = { ...commands, ...interfaceWords, ...risk, ...errors } as const;

export type MessageKey = keyof typeof zhCN;
