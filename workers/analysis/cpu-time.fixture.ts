/**
 * The least processor time of several runs in milliseconds: what a limit is held against, because the clock on the wall
 * also counts whatever else the machine does.
 */
export async function leastCpuMs(runs: number, work: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < runs; n++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
