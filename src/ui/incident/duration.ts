import type { Translator } from "../../i18n/translator.ts";

/** A span in the user's words, two units at most: 1 分 20 秒. */
export function inWords(ms: number, t: Translator): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return t("incident.seconds", { seconds });
  if (minutes < 60) return t("incident.minutes", { minutes, seconds: seconds % 60 });
  return t("incident.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
