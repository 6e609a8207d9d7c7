import type { LocalText } from "../domain/provenance.ts";

export const CJK_FONT =
  '"PingFang SC","HarmonyOS Sans SC","Source Han Sans SC","Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei",system-ui,sans-serif';

/** The page's language is what `<html lang>` says: the engine has no store to ask. */
export function isChinese(): boolean {
  return !document.documentElement.lang.toLowerCase().startsWith("en");
}

export function currentText(text: LocalText): string {
  return isChinese() ? text.zh : text.en;
}

/** Chinese names along the ground are set wide. */
export function spaceOut(name: string): string {
  return /[\u4e00-\u9fff]/.test(name)
    ? [...name].join("\u2009\u2009\u2009")
    : name.toUpperCase().split("").join("\u200a");
}

/** Calls back when the page's language changes; returns the stop. */
export function followLanguage(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });
  return () => observer.disconnect();
}
