import { lateSentences } from "../../src/i18n/late-sentences.ts";
import { createTranslator, type Translator } from "../../src/i18n/translator.ts";

/** The product's own words, so that journeys find controls by what users read. */
export const zh: Translator = createTranslator("zh-CN", lateSentences);
export const en: Translator = createTranslator("en", lateSentences);

/** Matches whatever contains the text, which may hold characters that patterns give a meaning. */
export function having(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}
