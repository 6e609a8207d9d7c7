import { isTileMemoryMib } from "../domain/tile-memory.ts";
import type { AnnouncementState } from "../state/duty-stores.ts";
import type { Locale, Theme, UiState } from "../state/stores.ts";

type Preferences = Pick<UiState, "theme" | "locale" | "largeType" | "panels" | "tileMemoryMib">;

const KEY = "liaotwin.preferences";
const ACTOR_KEY = "liaotwin.actor";
const ANNOUNCE_KEY = "liaotwin.announcements";

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
    ...(isTileMemoryMib(stored.tileMemoryMib) && { tileMemoryMib: stored.tileMemoryMib }),
    ...(panels &&
      [panels.left, panels.right, panels.bottom].every((open) => typeof open === "boolean") && {
        panels: panels as Preferences["panels"],
      }),
  };
}

export function writePreferences({ theme, locale, largeType, panels, tileMemoryMib }: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ theme, locale, largeType, panels, tileMemoryMib }));
  } catch {
    // Private windows may refuse storage; preferences then last for the page.
  }
}

/** Who sits at this computer, as the log names them; empty when nobody has said. */
export function readActor(): string {
  try {
    return (localStorage.getItem(ACTOR_KEY) ?? "").slice(0, 80);
  } catch {
    return "";
  }
}

export function writeActor(name: string): void {
  try {
    localStorage.setItem(ACTOR_KEY, name);
  } catch {
    // Private windows may refuse storage; the name then lasts for the page.
  }
}

/** Whether this browser is muted and may notify; notifications stay on only while the browser still allows them. */
export function readAnnouncing(): Partial<Pick<AnnouncementState, "isMuted" | "notifications">> {
  try {
    const stored = JSON.parse(localStorage.getItem(ANNOUNCE_KEY) ?? "{}") ?? {};
    const mayNotify = "Notification" in window && Notification.permission === "granted";
    return {
      ...(stored.isMuted === true && { isMuted: true }),
      ...(stored.notifications === "on" && mayNotify && { notifications: "on" as const }),
    };
  } catch {
    return {};
  }
}

export function writeAnnouncing({ isMuted, notifications }: AnnouncementState): void {
  try {
    localStorage.setItem(ANNOUNCE_KEY, JSON.stringify({ isMuted, notifications }));
  } catch {
    // Private windows may refuse storage; the choice then lasts for the page.
  }
}
