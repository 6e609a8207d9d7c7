import type { Sensor } from "./risk.ts";

/** Sensors that go from a worker to the page in one message: to read 20 000 of them at once is a task of 100 ms there. */
const AT_ONCE = 2000;

/** Some sensors of a list: they follow its first `keep`, which the reader has, and others follow them unless it is the last. */
export interface SensorPart {
  readonly sensors: readonly Sensor[];
  readonly keep: number;
  readonly isLast: boolean;
}

/** Tells a reader of a list that grows: only what is new, in small parts. */
export class SensorParts {
  #sent: readonly Sensor[] = [];

  split(sensors: readonly Sensor[]): readonly SensorPart[] {
    const keep = sharedStart(this.#sent, sensors);
    this.#sent = sensors;
    const parts: SensorPart[] = [];
    let from = keep;
    for (; sensors.length - from > AT_ONCE; from += AT_ONCE)
      parts.push({ sensors: sensors.slice(from, from + AT_ONCE), keep: from, isLast: false });
    return [...parts, { sensors: sensors.slice(from), keep: from, isLast: true }];
  }
}

/** Puts together what SensorParts has told. */
export class SensorJoin {
  #sensors: readonly Sensor[] = [];

  /** The whole list with its last part; null before that. */
  take({ sensors, keep, isLast }: SensorPart): readonly Sensor[] | null {
    this.#sensors = [...this.#sensors.slice(0, keep), ...sensors];
    return isLast ? this.#sensors : null;
  }
}

function sharedStart(before: readonly Sensor[], now: readonly Sensor[]): number {
  let row = 0;
  while (row < before.length && row < now.length && before[row] === now[row]) row++;
  return row;
}
