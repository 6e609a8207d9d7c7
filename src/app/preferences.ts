import type { Locale, Theme, UiState } from "../state/stores.ts";

type Preferences = Pick<UiState, "theme" | "locale" | "largeType" | "panels">;

const KEY = "liaotwin.preferences";

/** What this browser's user prefers; unreadable or foreign content counts as none. */
export function readPreferences(): Partial<Preferences> {
  let stored: Partial<Record<keyof Preferences, unknown>>;
  try {
    stored = JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
  } catch {
    return {};
  }
  const panels = stored.panels as Partial<Preferences["panels"]> | undefined;
  return {
    ...(["night", "day"].includes(stored.theme as string) && { theme: stored.theme as Theme }),
    ...(["zh-CN", "en"].includes(stored.locale as string) && { locale: stored.locale as Locale }),
    ...(typeof stored.largeType === "boolean" && { largeType: stored.largeType }),
    ...(panels &&
      [panels.left, panels.right, panels.bottom].every((open) => typeof open === "boolean") && {
        panels: panels as Preferences["panels"],
      }),
  };
}

export function writePreferences({ theme, locale, largeType, panels }: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ theme, locale, largeType, panels }));
  } catch {
    // Private windows may refuse storage; preferences then last for the page.
  }
}
