import { commands } from "./zh-CN/commands.ts";
import { data } from "./zh-CN/data.ts";
import { duty } from "./zh-CN/duty.ts";
import { incident } from "./zh-CN/incident.ts";
import { interfaceWords } from "./zh-CN/interface.ts";
import type { reading } from "./zh-CN/reading.ts";
import { response } from "./zh-CN/response.ts";
import { risk } from "./zh-CN/risk.ts";
import { timeline } from "./zh-CN/timeline.ts";

/** The Chinese catalogue. Its keys are the type of every message key. Errors come later: late-sentences.ts. */
export const zhCN = {
  ...commands,
  ...interfaceWords,
  ...risk,
  ...incident,
  ...duty,
  ...timeline,
  ...response,
  ...data,
} as const;

/** Words about reading a building come late too: nothing shows them before a model is opened. */
export type MessageKey = keyof typeof zhCN | keyof typeof reading;
