import type { Issue, PlainError } from "../base/errors.ts";
import type { Words } from "../domain/provenance.ts";
import { en } from "./en.ts";
import { type MessageKey, zhCN } from "./zh-CN.ts";

export type Locale = "zh-CN" | "en";
export type MessageParams = Readonly<Record<string, string | number>>;

const CATALOGUES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = { "zh-CN": zhCN, en };

/** Sentences by key that only failures need (`error.…`, `issue.…`), by language. */
export type LateSentences = Readonly<Record<Locale, Readonly<Record<string, string>>>>;

/** Sentences of one language. Calling it fills `{name}` and `{name#singular|plural}` from `params`. */
export interface Translator {
  (key: MessageKey, params?: MessageParams): string;
  readonly locale: Locale;
  /** The sentence of a key that is only known at run time (`error.<code>`, `job.stage.<stage>`), else `fallback`. */
  maybe(key: string, fallback: string, params?: MessageParams): string;
  /** This language's side of a text; the other side when this one is empty. */
  text(text: Words): string;
  /** The error in the user's words; its own English message when the catalogue has no sentence for its code. */
  error(error: PlainError): string;
  /** A finding about an import in the user's words. */
  issue(issue: Issue): string;
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

/** `late` may still be missing: then failures speak English, in their own words. */
export function createTranslator(locale: Locale, late: LateSentences | null = null): Translator {
  const catalogue = CATALOGUES[locale];
  const all: Readonly<Record<string, string>> = { ...catalogue, ...late?.[locale] };
  const maybe = (key: string, fallback: string, params?: MessageParams) => {
    const template = Object.hasOwn(all, key) ? all[key] : undefined;
    return template === undefined ? fallback : interpolate(template, params);
  };
  return Object.assign((key: MessageKey, params?: MessageParams) => interpolate(all[key] ?? "", params), {
    locale,
    maybe,
    text: (text: Words) => {
      if (typeof text === "string") return text;
      return locale === "en" ? text.en || text.zh : text.zh || text.en;
    },
    error: (error: PlainError) => maybe(`error.${error.code}`, error.message, error.params),
    issue: (issue: Issue) => maybe(`issue.${issue.code}`, issue.message),
  });
}
