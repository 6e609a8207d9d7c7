import { commands } from "./en/commands.ts";
import { data } from "./en/data.ts";
import { duty } from "./en/duty.ts";
import { incident } from "./en/incident.ts";
import { interfaceWords } from "./en/interface.ts";
import { response } from "./en/response.ts";
import { risk } from "./en/risk.ts";
import { timeline } from "./en/timeline.ts";
import type { zhCN } from "./zh-CN.ts";

/** The English catalogue: the same keys, or it does not compile. */
export const en: Readonly<Record<keyof typeof zhCN, string>> = {
  ...commands,
  ...interfaceWords,
  ...risk,
  ...incident,
  ...duty,
  ...timeline,
  ...response,
  ...data,
};
