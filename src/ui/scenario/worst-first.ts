import type { Warning } from "../../domain/risk.ts";

/** Red before blue; the newer first among equals. */
export function worstFirst(warnings: readonly Warning[]): readonly Warning[] {
  return [...warnings].sort((a, b) => a.level - b.level || b.sentMs - a.sentMs);
}
