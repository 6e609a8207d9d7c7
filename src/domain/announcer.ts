import type { Announcement, AnnouncementTarget } from "./announcement.ts";
import type { LocalText } from "./provenance.ts";

/** Something that holds now and is important enough to be announced. */
export interface AnnounceCandidate {
  /** Equal for what users take for the same thing: a rule, a warning and its updates, an incident. */
  readonly key: string;
  /** Grows when it happened again: another alert of the rule, an update, an escalation. */
  readonly version: number;
  readonly level: number;
  readonly text: LocalText;
  readonly atMs: number;
  readonly target: AnnouncementTarget;
  /** Somebody looks at it already: it is known, and not announced. */
  readonly isSeen?: boolean;
}

/** What to say now. `sound` is the level whose tones are played, `said` what a screen reader reads, null for silence. */
export interface AnnouncerWord {
  readonly waiting: readonly Announcement[];
  readonly sound: number | null;
  readonly said: Announcement | null;
}

interface Known {
  readonly version: number;
  readonly level: number;
}

const SUMMARY_ID = "in-force";
/** A look counts for this long at most: while a slow machine draws, nobody has looked and nothing could come in. */
const LONGEST_LOOK_MS = 1000;
/** For so long a thing that is heard of late, but is older than the beginning, joins the summary. */
const JOINS_MS = 60_000;

/**
 * Decides what is announced: each thing once, a repeat by counting up, a higher level always anew. Everything that was in force at
 * `begin` becomes one summary: what is there when the quiet time is over, and what comes later but is older. Plain time in, plain
 * data out.
 */
export class Announcer {
  #waiting: readonly Announcement[] = [];
  readonly #known = new Map<string, Known>();
  readonly #soundedMs = new Map<string, number>();
  /** What the summary is of, by key, and the level that it has sounded for. */
  readonly #summed = new Map<string, AnnounceCandidate>();
  #summedLevel = Number.POSITIVE_INFINITY;
  #count = 0;
  #beganMs = Number.NEGATIVE_INFINITY;
  #quietMs = 0;
  /** Time since the beginning in which somebody looked. */
  #lookedMs = 0;
  #lastLookMs = 0;
  #isBeginning = false;

  /** Starts anew with other feeds: what comes in the next `quietMs` was in force already. What waits goes on waiting. */
  begin(nowMs: number, quietMs: number): void {
    this.#known.clear();
    this.#summed.clear();
    this.#summedLevel = Number.POSITIVE_INFINITY;
    this.#beganMs = nowMs;
    this.#quietMs = quietMs;
    this.#lookedMs = 0;
    this.#lastLookMs = nowMs;
    this.#isBeginning = true;
  }

  /** Whether what is in force is still being gathered. */
  get isBeginning(): boolean {
    return this.#isBeginning;
  }

  /** `candidates` are all that hold. `repeatS`: seconds before the same thing may sound again at the same level. */
  look(candidates: readonly AnnounceCandidate[], nowMs: number, repeatS: number): AnnouncerWord {
    this.#lookedMs += Math.max(0, Math.min(LONGEST_LOOK_MS, nowMs - this.#lastLookMs));
    this.#lastLookMs = nowMs;
    this.#endWhatIsOver(candidates, nowMs, repeatS);
    if (this.#isBeginning && this.#lookedMs < this.#quietMs)
      return { waiting: this.#waiting, sound: null, said: null };
    const older = candidates.filter((one) => this.#wasInForce(one));
    this.#isBeginning = false;
    const summary = older.length > 0 ? this.#sumUp(older, nowMs) : null;
    const news = this.#announce(candidates, nowMs, repeatS);
    const isSummaryWorse =
      summary?.sound != null && summary.sound <= (news.sound ?? Number.POSITIVE_INFINITY);
    return { ...(isSummaryWorse ? summary : news), waiting: this.#waiting };
  }

  #announce(candidates: readonly AnnounceCandidate[], nowMs: number, repeatS: number): AnnouncerWord {
    const fresh: { readonly announcement: Announcement; readonly key: string; readonly isLoud: boolean }[] =
      [];
    for (const one of candidates) {
      const known = this.#known.get(one.key);
      this.#known.set(one.key, { version: one.version, level: one.level });
      if (one.isSeen) {
        this.settle(one.key);
        continue;
      }
      if (known && one.level >= known.level && one.version <= known.version) continue;
      const isWorse = known === undefined || one.level < known.level;
      const announcement = this.#put(one, nowMs);
      const lastMs = this.#soundedMs.get(one.key) ?? Number.NEGATIVE_INFINITY;
      const isLoud = (isWorse && known !== undefined) || nowMs - lastMs >= repeatS * 1000;
      fresh.push({ announcement, key: one.key, isLoud });
    }
    const loud = fresh.filter(({ isLoud }) => isLoud);
    for (const { key } of loud) this.#soundedMs.set(key, nowMs);
    const worst = loud.map(({ announcement }) => announcement).sort(worstFirst)[0] ?? null;
    return { waiting: this.#waiting, sound: worst?.level ?? null, said: worst };
  }

  /** Takes one that waits away; `all` takes every one. */
  dismiss(id: string): readonly Announcement[] {
    this.#waiting = id === "all" ? [] : this.#waiting.filter((one) => one.id !== id);
    return this.#waiting;
  }

  /** Someone deals with it already: it is known, and waits no longer. */
  settle(key: string): void {
    this.#waiting = this.#waiting.filter((one) => one.key !== key);
  }

  /** All that is there when the quiet time is over; afterwards for a while what is new to us but began before. */
  #wasInForce({ key, atMs }: AnnounceCandidate): boolean {
    if (this.#isBeginning) return true;
    return !this.#known.has(key) && atMs < this.#beganMs && this.#lookedMs < JOINS_MS;
  }

  /** Puts what was in force into the one summary; it sounds, and again only when something worse has joined. */
  #sumUp(older: readonly AnnounceCandidate[], nowMs: number): AnnouncerWord {
    for (const { key, version, level } of older) {
      this.#known.set(key, { version, level });
      this.#soundedMs.set(key, nowMs);
    }
    const unseen = older.filter(({ isSeen }) => !isSeen);
    for (const one of unseen) this.#summed.set(one.key, one);
    if (unseen.length === 0) return { waiting: this.#waiting, sound: null, said: null };
    const all = [...this.#summed.values()];
    const worst = [...all].sort((a, b) => a.level - b.level || b.atMs - a.atMs)[0]!;
    const said: Announcement = {
      id: SUMMARY_ID,
      key: SUMMARY_ID,
      level: worst.level,
      text: all.length === 1 ? worst.text : summaryOf(all),
      atMs: nowMs,
      target: worst.target,
      repeats: 0,
      endedMs: null,
    };
    this.#waiting = sorted([...this.#waiting.filter(({ id }) => id !== SUMMARY_ID), said]);
    const isLoud = worst.level < this.#summedLevel;
    this.#summedLevel = worst.level;
    return { waiting: this.#waiting, sound: isLoud ? said.level : null, said: isLoud ? said : null };
  }

  /** A repeat of what waits counts up there; anything else joins the queue. */
  #put({ key, level, text, atMs, target }: AnnounceCandidate, nowMs: number): Announcement {
    const before = this.#waiting.find((one) => one.key === key);
    const announcement: Announcement = {
      id: before?.id ?? `${key}/${++this.#count}`,
      key,
      level: Math.min(level, before?.level ?? level),
      text,
      atMs: Math.min(atMs, nowMs),
      target,
      repeats: before ? before.repeats + 1 : 0,
      endedMs: null,
    };
    this.#waiting = sorted([...this.#waiting.filter((one) => one !== before), announcement]);
    return announcement;
  }

  /** What no longer holds is news again when it comes back; its announcement waits on, marked. */
  #endWhatIsOver(candidates: readonly AnnounceCandidate[], nowMs: number, repeatS: number): void {
    const held = new Set(candidates.map(({ key }) => key));
    for (const map of [this.#known, this.#summed])
      for (const key of [...map.keys()]) if (!held.has(key)) map.delete(key);
    for (const [key, atMs] of this.#soundedMs)
      if (!held.has(key) && nowMs - atMs >= repeatS * 1000) this.#soundedMs.delete(key);
    const isOver = (one: Announcement) =>
      one.key !== SUMMARY_ID && one.endedMs === null && !held.has(one.key);
    if (this.#isBeginning || !this.#waiting.some(isOver)) return;
    this.#waiting = this.#waiting.map((one) => (isOver(one) ? { ...one, endedMs: nowMs } : one));
  }
}

const COLORS: readonly (readonly [zh: string, en: string])[] = [
  ["", ""],
  ["红色", "red"],
  ["橙色", "orange"],
  ["黄色", "yellow"],
  ["蓝色", "blue"],
];

function summaryOf(candidates: readonly AnnounceCandidate[]): LocalText {
  const counts = [1, 2, 3, 4]
    .map((level) => ({ level, count: candidates.filter((one) => one.level === level).length }))
    .filter(({ count }) => count > 0);
  return {
    zh: `当前生效 ${candidates.length} 项：${counts.map(({ level, count }) => `${COLORS[level]![0]} ${count}`).join("、")}`,
    en: `${candidates.length} in force now: ${counts.map(({ level, count }) => `${count} ${COLORS[level]![1]}`).join(", ")}`,
  };
}

function sorted(list: readonly Announcement[]): readonly Announcement[] {
  return [...list].sort(worstFirst);
}

function worstFirst(a: Announcement, b: Announcement): number {
  return a.level - b.level || b.atMs - a.atMs;
}
