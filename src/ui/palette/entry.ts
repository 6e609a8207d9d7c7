import type { Command } from "../../commands/schemas.ts";

/** Groups in the order in which they are listed. */
export const PALETTE_GROUPS = [
  "places",
  "buildings",
  "risk",
  "view",
  "layers",
  "models",
  "scenarios",
  "interface",
] as const;
export type PaletteGroup = (typeof PALETTE_GROUPS)[number];

/** One line of the palette: what it is called and what it runs. */
export interface PaletteEntry {
  readonly id: string;
  readonly group: PaletteGroup;
  readonly title: string;
  /** More words to be found by: the other language, the command's type. */
  readonly keywords: string;
  /** Key that does the same, or a figure; at the right end. */
  readonly hint?: string;
  /** Run one after another. */
  readonly commands: readonly Command[];
}

function normal(text: string): string {
  return text.toLowerCase().replace(/\s+/g, " ").trim();
}

/** Higher is better; 0 does not match. Every word of the question must occur in the title or the keywords. */
export function matchScore(entry: PaletteEntry, question: string): number {
  const words = normal(question).split(" ").filter(Boolean);
  if (words.length === 0) return 1;
  const title = normal(entry.title);
  const all = `${title} ${normal(entry.keywords)}`;
  if (!words.every((word) => all.includes(word))) return 0;
  const first = words[0] ?? "";
  if (title.startsWith(first)) return 4;
  return title.includes(first) ? 3 : 2;
}

/** The entries that match, best first within their order. */
export function searchEntries(entries: readonly PaletteEntry[], question: string): readonly PaletteEntry[] {
  return entries
    .map((entry, at) => ({ entry, at, score: matchScore(entry, question) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .map(({ entry }) => entry);
}
