import { dataErrors as enData } from "./en/data-errors.ts";
import { errors as en } from "./en/errors.ts";
import { recordIssues as enRecords } from "./en/record-issues.ts";
import { enLate, zhLate } from "./late-words.ts";
import type { LateSentences } from "./translator.ts";
import { dataErrors as zhData } from "./zh-CN/data-errors.ts";
import { errors as zh } from "./zh-CN/errors.ts";
import { recordIssues as zhRecords } from "./zh-CN/record-issues.ts";

/** Words of later panels, sentences of errors and import findings: loaded after the first paint, which needs none of them. */
export const lateSentences: LateSentences = {
  "zh-CN": { ...zhLate, ...zh, ...zhData, ...zhRecords },
  en: { ...enLate, ...en, ...enData, ...enRecords },
};
