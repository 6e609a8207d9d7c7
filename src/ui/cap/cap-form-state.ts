import { type CapAreaFault, parseCapAreas, writeCapAreas } from "../../domain/cap-area.ts";
import type { CapDraft } from "../../domain/cap-message.ts";

/** What stands in the form: a draft whose areas and times are text, as they are typed. */
export interface CapForm {
  readonly draft: CapDraft;
  readonly areas: string;
  /** `2026-07-22T10:30`, Beijing time; empty when nothing was given. */
  readonly effective: string;
  readonly expires: string;
}

const BEIJING_MS = 8 * 3600_000;

export function formOf(draft: CapDraft): CapForm {
  return {
    draft,
    areas: writeCapAreas(draft),
    effective: localText(draft.effectiveMs ?? Number.NaN),
    expires: localText(draft.expiresMs),
  };
}

/** The draft as typed, and the lines that are no area. A time that is none becomes NaN, which the check names. */
export function draftOf(form: CapForm): {
  readonly draft: CapDraft;
  readonly faults: readonly CapAreaFault[];
} {
  const { polygons, circles, faults } = parseCapAreas(form.areas);
  const { effectiveMs: _, ...rest } = form.draft;
  const effectiveMs = localMs(form.effective);
  const draft = { ...rest, polygons, circles, expiresMs: localMs(form.expires) };
  return { draft: Number.isNaN(effectiveMs) ? draft : { ...draft, effectiveMs }, faults };
}

function localText(timeMs: number): string {
  return Number.isFinite(timeMs) ? new Date(timeMs + BEIJING_MS).toISOString().slice(0, 16) : "";
}

function localMs(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text.slice(0, 16)}:00+08:00`) : Number.NaN;
}
