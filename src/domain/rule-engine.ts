import { pointInRing } from "../geo/polygon.ts";
import type { AlertRule, RuleAlert, RuleLogEntry, RuleObservation, RuleSensor } from "./alert-rule.ts";
import {
  AbsenceWatcher,
  AgreementWatcher,
  type Finding,
  RateWatcher,
  ThresholdWatcher,
  type WatchedSensor,
  type Watcher,
} from "./rule-watchers.ts";
import { stateHash } from "./state-hash.ts";

/** Observations of one sensor may overtake one another by this much without harm. */
const LATENESS_MS = 2000;
const KEPT_CLEARED = 500;
/** After a sleep the feed gets this long to come back before anyone counts as silent. */
const WAKE_MS = 30_000;
/** Observations of sensors that nobody has described yet; newest of each. */
const MAX_UNKNOWN = 20_000;

interface Watch {
  readonly rule: AlertRule;
  readonly watcher: Watcher;
  readonly sensors: WatchedSensor[];
}

/**
 * Rules over one feed's observations, in event time. Observations wait until the clock of the ticks has left them two
 * seconds behind and are then taken in the order of their own times, so that the order of arrival within that time changes
 * nothing; what comes later than a newer one of its sensor is left out. The same log gives the same state.
 */
export class RuleEngine {
  readonly #watches: readonly Watch[];
  readonly #sensors = new Map<
    string,
    { readonly sensor: WatchedSensor; readonly watches: readonly Watch[] }
  >();
  readonly #active = new Map<string, RuleAlert>();
  readonly #cleared: RuleAlert[] = [];
  readonly #unknown = new Map<string, RuleObservation>();
  #pending: RuleObservation[] = [];
  #nowMs = 0;
  #awakeMs = Number.NEGATIVE_INFINITY;
  #lastTickS = Number.NEGATIVE_INFINITY;
  #ignored = 0;
  #isChanged = false;

  constructor(rules: readonly AlertRule[]) {
    this.#watches = rules.map((rule) => ({ rule, watcher: watcherOf(rule), sensors: [] }));
  }

  /** Observations that came twice or too late. */
  get ignored(): number {
    return this.#ignored;
  }

  /** Takes the next line of a log in; live use and replay are the same. */
  apply(entry: RuleLogEntry): void {
    if (entry.type === "sensor") this.#describe(entry.sensor);
    else if (entry.type === "observation") this.#pending.push(entry);
    else if (entry.type === "roll") this.#forgetOthers(entry.keys);
    else if (entry.type === "jump") this.#jump(entry.timeMs);
    else this.#tick(entry.timeMs);
  }

  /** Alerts that hold, then those that are over (the last 500), each in the order in which they were raised or ended. */
  alerts(): readonly RuleAlert[] {
    return [...this.#active.values(), ...this.#cleared];
  }

  /** The same when they have changed since the last call, else null. */
  takeAlerts(): readonly RuleAlert[] | null {
    if (!this.#isChanged) return null;
    this.#isChanged = false;
    return this.alerts();
  }

  /** Equal for engines that will go on alike. */
  hash(): string {
    return stateHash({
      alerts: this.alerts(),
      watchers: this.#watches.map(({ watcher }) => watcher.state()),
      sensors: [...this.#sensors].map(([key, { sensor }]) => [key, sensor.lastMs]),
      pending: this.#pending.map(({ key, timeMs, value }) => [timeMs, key, value]).sort(byParts),
      unknown: [...this.#unknown],
      nowMs: this.#nowMs,
      awakeMs: this.#awakeMs,
    });
  }

  #describe(sensor: RuleSensor): void {
    const known = this.#sensors.get(sensor.key);
    if (known) return;
    const watched: WatchedSensor = { ...sensor, lastMs: this.#nowMs };
    const watches = this.#watches.filter(({ rule }) => isWatched(rule, sensor));
    for (const watch of watches) watch.sensors.push(watched);
    this.#sensors.set(sensor.key, { sensor: watched, watches });
    const waiting = this.#unknown.get(sensor.key);
    if (!waiting) return;
    this.#unknown.delete(sensor.key);
    this.#pending.push(waiting);
  }

  #forgetOthers(keys: ReadonlySet<string>): void {
    for (const [key, { sensor, watches }] of this.#sensors) {
      if (keys.has(key)) continue;
      this.#sensors.delete(key);
      for (const watch of watches) {
        watch.sensors.splice(watch.sensors.indexOf(sensor), 1);
        this.#take(watch, watch.watcher.forget(sensor), this.#nowMs);
      }
    }
  }

  #tick(timeMs: number): void {
    if (timeMs < this.#nowMs) return;
    // before the first tick no clock was known: silence is counted from here
    if (this.#nowMs === 0) for (const { sensor } of this.#sensors.values()) sensor.lastMs = timeMs;
    this.#nowMs = timeMs;
    const ripeMs = timeMs - LATENESS_MS;
    const ripe = this.#pending.filter((one) => one.timeMs <= ripeMs);
    this.#pending = this.#pending.filter((one) => one.timeMs > ripeMs);
    ripe.sort((a, b) => a.timeMs - b.timeMs || compare(a.key, b.key) || a.value - b.value);
    for (const observation of ripe) this.#observe(observation);
    const tickS = Math.floor(timeMs / 1000);
    if (tickS === this.#lastTickS) return;
    this.#lastTickS = tickS;
    if (timeMs < this.#awakeMs) return;
    for (const watch of this.#watches) this.#take(watch, watch.watcher.tick(ripeMs, watch.sensors), ripeMs);
  }

  /** Silences are as long as they were before; what was ahead of a clock that was set back is not. */
  #jump(timeMs: number): void {
    if (this.#nowMs === 0) return;
    const passedMs = timeMs - this.#nowMs;
    for (const { sensor } of this.#sensors.values()) {
      sensor.lastMs = Math.min(sensor.lastMs + passedMs, timeMs);
      if (sensor.heardMs !== undefined) sensor.heardMs = Math.min(sensor.heardMs, timeMs);
    }
    this.#nowMs = timeMs;
    this.#awakeMs = timeMs + WAKE_MS;
    this.#lastTickS = Number.NEGATIVE_INFINITY;
  }

  #observe(observation: RuleObservation): void {
    const known = this.#sensors.get(observation.key);
    if (!known) {
      const isNewest =
        observation.timeMs > (this.#unknown.get(observation.key)?.timeMs ?? Number.NEGATIVE_INFINITY);
      const hasRoom = this.#unknown.size < MAX_UNKNOWN || this.#unknown.has(observation.key);
      if (isNewest && hasRoom) this.#unknown.set(observation.key, plain(observation));
      return;
    }
    if (Number.isNaN(observation.value)) return;
    const { sensor, watches } = known;
    if (sensor.heardMs !== undefined && observation.timeMs <= sensor.heardMs) {
      this.#ignored++;
      return;
    }
    sensor.heardMs = observation.timeMs;
    sensor.lastMs = observation.timeMs;
    for (const watch of watches)
      this.#take(watch, watch.watcher.observe(sensor, plain(observation)), observation.timeMs);
  }

  #take({ rule }: Watch, findings: readonly Finding[], timeMs: number): void {
    for (const finding of findings) {
      const key = `${rule.id}/${finding.subject}`;
      if (finding.type === "raise") this.#active.set(key, this.#alertOf(rule, finding, timeMs));
      else this.#clear(key, timeMs);
      this.#isChanged = true;
    }
  }

  #alertOf(rule: AlertRule, finding: Finding & { type: "raise" }, raisedMs: number): RuleAlert {
    const at = finding.members.length > 0 && finding.subject !== rule.kind ? finding.members.at(-1)! : null;
    return {
      id: `${rule.id}/${finding.subject}/${raisedMs}`,
      ruleId: rule.id,
      level: rule.level,
      subject: finding.subject,
      sensorIds: finding.members.map(({ id }) => id),
      raisedMs,
      clearedMs: null,
      evidence: finding.evidence.map(({ key, timeMs, value }) => ({
        sensorId: this.#sensors.get(key)?.sensor.id ?? key,
        timeMs,
        value,
      })),
      longitudeDeg: at?.longitudeDeg ?? null,
      latitudeDeg: at?.latitudeDeg ?? null,
    };
  }

  #clear(key: string, clearedMs: number): void {
    const alert = this.#active.get(key);
    if (!alert) return;
    this.#active.delete(key);
    this.#cleared.push({ ...alert, clearedMs });
    if (this.#cleared.length > KEPT_CLEARED) this.#cleared.shift();
  }
}

/** A fresh engine after a whole log. */
export function replayRules(rules: readonly AlertRule[], log: Iterable<RuleLogEntry>): RuleEngine {
  const engine = new RuleEngine(rules);
  for (const entry of log) engine.apply(entry);
  return engine;
}

function watcherOf({ when, kind }: AlertRule): Watcher {
  switch (when.type) {
    case "threshold":
      return new ThresholdWatcher(when);
    case "rate":
      return new RateWatcher(when);
    case "absence":
      return new AbsenceWatcher(when, kind);
    case "agreement":
      return new AgreementWatcher(when);
  }
}

function isWatched({ kind, area }: AlertRule, sensor: RuleSensor): boolean {
  if (sensor.kind !== kind) return false;
  return area === undefined || pointInRing(sensor.longitudeDeg, sensor.latitudeDeg, area);
}

const plain = ({ key, timeMs, value }: RuleObservation): RuleObservation => ({ key, timeMs, value });
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function byParts(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  return Number(a[0]) - Number(b[0]) || compare(String(a[1]), String(b[1])) || Number(a[2]) - Number(b[2]);
}
