import type { response as zh } from "../zh-CN/response.ts";

export const response: Readonly<Record<keyof typeof zh, string>> = {
  "response.title": "Units and resources",
};
