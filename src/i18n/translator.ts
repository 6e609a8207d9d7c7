import type { PlainError } from "../base/errors.ts";
import type { LocalText } from "../domain/provenance.ts";
import { en } from "./en.ts";
import { type MessageKey, zhCN } from "./zh-CN.ts";

export type Locale = "zh-CN" | "en";
export type MessageParams = Readonly<Record<string, string | number>>;

const CATALOGUES: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = { "zh-CN": zhCN, en };

/** Sentences of one language. Calling it fills `{name}` and `{name#singular|plural}` from `params`. */
export interface Translator {
  (key: MessageKey, params?: MessageParams): string;
  readonly locale: Locale;
  /** The sentence of a key that is only known at run time (`error.<code>`, `job.stage.<stage>`), else `fallback`. */
  maybe(key: string, fallback: string, params?: MessageParams): string;
  /** This language's side of a text; the other side when this one is empty. */
  text(text: LocalText): string;
  /** The error in the user's words; its own English message when the catalogue has no sentence for its code. */
  error(error: PlainError): string;
}

const PLACEHOLDER = /\{(\w+)(?:#([^|}]*)\|([^}]*))?\}/g;

/** A placeholder without a parameter stays as it is, so that `{z}/{x}/{y}` in an example survives. */
export function interpolate(template: string, params: MessageParams = {}): string {
  return template.replace(PLACEHOLDER, (whole, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (one !== undefined && many !== undefined) return String(value) === "1" ? one : many;
    return String(value);
  });
}

export function createTranslator(locale: Locale): Translator {
  const catalogue = CATALOGUES[locale];
  const maybe = (key: string, fallback: string, params?: MessageParams) =>
    Object.hasOwn(catalogue, key) ? interpolate(catalogue[key as MessageKey], params) : fallback;
  return Object.assign((key: MessageKey, params?: MessageParams) => interpolate(catalogue[key], params), {
    locale,
    maybe,
    text: (text: LocalText) => (locale === "en" ? text.en || text.zh : text.zh || text.en),
    error: (error: PlainError) => maybe(`error.${error.code}`, error.message, error.params),
  });
}
