/** One line of output. `ms` is the median; `all` holds every round in order. */
export interface Measurement {
  readonly bench: string;
  readonly subject: string;
  readonly by: string;
  readonly [fact: string]: unknown;
}

export function print(measurement: Measurement): void {
  process.stdout.write(`${JSON.stringify(measurement)}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

/** `cpuMs` is what all threads of this process computed: a busy machine does not stretch it. */
export async function timed<T>(
  work: () => Promise<T> | T,
): Promise<{ ms: number; cpuMs: number; result: T }> {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const ms = Math.round((performance.now() - start) * 10) / 10;
  return { ms, cpuMs: Math.round((user + system) / 100) / 10, result };
}

/**
 * Runs the competitors in turn, `rounds` times, so that a busy moment of the machine meets all of them; gives each one's
 * times and last result.
 */
export async function inTurn<T>(
  rounds: number,
  competitors: Readonly<Record<string, () => Promise<T> | T>>,
): Promise<Record<string, { ms: number; cpuMs: number; all: number[]; result: T }>> {
  const times = new Map<string, number[]>();
  const cpuTimes = new Map<string, number[]>();
  const results = new Map<string, T>();
  for (let round = 0; round < rounds; round++)
    for (const [name, work] of Object.entries(competitors)) {
      const { ms, cpuMs, result } = await timed(work);
      cpuTimes.set(name, [...(cpuTimes.get(name) ?? []), cpuMs]);
      times.set(name, [...(times.get(name) ?? []), ms]);
      results.set(name, result);
    }
  return Object.fromEntries(
    [...times].map(([name, all]) => [
      name,
      { ms: median(all), cpuMs: median(cpuTimes.get(name) ?? []), all, result: results.get(name) as T },
    ]),
  );
}
