import { crossesItself, isClosed } from "./cap-area.ts";
import type { CapDraft } from "./cap-message.ts";
import type { WarningLevel } from "./risk.ts";

/** Something about a draft that is wrong, or (`isAdvice`) better otherwise. `field` names where: `headline.zh`, `areas`, `expires` … */
export interface CapProblem {
  readonly field: string;
  readonly code: CapProblemCode;
  readonly params: Readonly<Record<string, string | number>>;
  /** It may go out all the same. */
  readonly isAdvice: boolean;
}

export type CapProblemCode =
  | "empty"
  | "long"
  | "colorMissing"
  | "colorOther"
  | "noArea"
  | "corners"
  | "open"
  | "crossing"
  | "outside"
  | "circle"
  | "expired"
  | "order"
  | "lasting";

const TEXTS = ["event", "senderName", "headline", "description", "instruction", "areaDesc"] as const;
/** Characters; CAP 1.2 asks for short headlines (160), the rest is what receivers of text messages and boards stand. */
const LIMITS: Readonly<Record<(typeof TEXTS)[number], number>> = {
  event: 60,
  senderName: 100,
  headline: 160,
  description: 4000,
  instruction: 4000,
  areaDesc: 400,
};
const COLORS: Readonly<Record<WarningLevel, { readonly zh: RegExp; readonly en: RegExp }>> = {
  1: { zh: /红/, en: /\bred\b/i },
  2: { zh: /橙/, en: /\borange\b/i },
  3: { zh: /黄色|黄(?=预警)/, en: /\byellow\b/i },
  4: { zh: /蓝/, en: /\bblue\b/i },
};
const LEVELS = [1, 2, 3, 4] as const;
/** Longer than this and nobody knows any more whether it still holds. */
const LONG_MS = 72 * 3600_000;

/** What keeps a draft from being issued, and what had better be changed; in the order of the form. */
export function checkCapDraft(draft: CapDraft, nowMs: number): readonly CapProblem[] {
  return [...textProblems(draft), ...areaProblems(draft), ...timeProblems(draft, nowMs)];
}

/** Whether it can go out. */
export function isIssuable(problems: readonly CapProblem[]): boolean {
  return problems.every(({ isAdvice }) => isAdvice);
}

function textProblems(draft: CapDraft): CapProblem[] {
  const problems: CapProblem[] = [];
  for (const name of TEXTS)
    for (const language of ["zh", "en"] as const) {
      const text = draft[name][language].trim();
      const field = `${name}.${language}`;
      if (text === "") problems.push(problem(field, "empty"));
      else if (text.length > LIMITS[name])
        problems.push(problem(field, "long", { length: text.length, limit: LIMITS[name] }));
      if (name === "headline" && text !== "") problems.push(...colorProblems(draft, language));
    }
  return problems;
}

/** The headline is what is read out: it must not say another colour, and had better say its own. */
function colorProblems(draft: CapDraft, language: "zh" | "en"): CapProblem[] {
  const text = draft.headline[language];
  const field = `headline.${language}`;
  if (COLORS[draft.level][language].test(text)) return [];
  const other = LEVELS.find((level) => COLORS[level][language].test(text));
  if (other === undefined) return [problem(field, "colorMissing", { level: draft.level }, true)];
  return [problem(field, "colorOther", { level: draft.level, other })];
}

function areaProblems({ polygons, circles }: CapDraft): CapProblem[] {
  if (polygons.length + circles.length === 0) return [problem("areas", "noArea")];
  const problems: CapProblem[] = [];
  for (const [i, ring] of polygons.entries()) {
    const params = { number: i + 1 };
    const corners = new Set(ring.map(([lon, lat]) => `${lon},${lat}`)).size;
    if (!ring.every(([lon, lat]) => isPlace(lon, lat))) problems.push(problem("areas", "outside", params));
    else if (corners < 3) problems.push(problem("areas", "corners", params));
    else if (crossesItself(ring)) problems.push(problem("areas", "crossing", params));
    else if (!isClosed(ring)) problems.push(problem("areas", "open", params, true));
  }
  for (const [i, { longitudeDeg, latitudeDeg, radius }] of circles.entries())
    if (!isPlace(longitudeDeg, latitudeDeg) || !(radius > 0 && radius < 2e7))
      problems.push(problem("areas", "circle", { number: i + 1 }));
  return problems;
}

function timeProblems({ effectiveMs, expiresMs }: CapDraft, nowMs: number): CapProblem[] {
  if (!Number.isFinite(expiresMs)) return [problem("expires", "empty")];
  if (effectiveMs !== undefined && !Number.isFinite(effectiveMs)) return [problem("effective", "empty")];
  if (expiresMs <= nowMs) return [problem("expires", "expired")];
  if (effectiveMs !== undefined && effectiveMs >= expiresMs) return [problem("expires", "order")];
  const hours = Math.round((expiresMs - Math.max(nowMs, effectiveMs ?? nowMs)) / 3600_000);
  return hours * 3600_000 > LONG_MS ? [problem("expires", "lasting", { hours }, true)] : [];
}

function problem(
  field: string,
  code: CapProblemCode,
  params: CapProblem["params"] = {},
  isAdvice = false,
): CapProblem {
  return { field, code, params, isAdvice };
}

const isPlace = (lon: number, lat: number): boolean => Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
