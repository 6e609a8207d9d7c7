import type { errors as zh } from "../zh-CN/errors.ts";

export const errors: Readonly<Record<keyof typeof zh, string>> = {
  "error.title": "Something failed",
  "error.unexpected":
    "Something unexpected happened: {detail}. Try again; if it comes back, reload the page.",
};
