import { dataErrors as enData } from "./en/data-errors.ts";
import { errors as en } from "./en/errors.ts";
import { reading as enReading } from "./en/reading.ts";
import type { LateSentences } from "./translator.ts";
import { dataErrors as zhData } from "./zh-CN/data-errors.ts";
import { errors as zh } from "./zh-CN/errors.ts";
import { reading as zhReading } from "./zh-CN/reading.ts";

/** Sentences of errors and import findings: loaded after the first paint, since nothing has failed before it. */
export const lateSentences: LateSentences = {
  "zh-CN": { ...zhReading, ...zh, ...zhData },
  en: { ...enReading, ...en, ...enData },
};
