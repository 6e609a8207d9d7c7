import { closeSync, fdatasyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { UnitOrder } from "../../../src/domain/unit-order.ts";

/** Orders that are kept over a restart; older ones have long been carried out. */
const MOST_KEPT = 2000;

/** A line of the book. `wallMs` is the real time, epoch ms, at which the simulation stood at `simulatedMs`. */
type Line = { readonly wallMs: number; readonly simulatedMs: number } & { readonly order?: UnitOrder };

/**
 * Orders to a city's crews in a file to which lines are only ever added, each on the disk before the order counts as taken: after a
 * kill at any moment all whole lines are there, and what was torn is left out. Without a file nothing outlives the process.
 */
export class OrderBook {
  #lines: Line[];
  #file: number | null = null;

  /** `path` null keeps nothing. Throws the file system's error where the folder or file cannot be made or read. */
  constructor(path: string | null) {
    this.#lines = path === null ? [] : readLines(path);
    if (path !== null) this.#rewrite(path);
  }

  /** All orders, in the order in which they were given. */
  get orders(): readonly UnitOrder[] {
    return this.#lines.flatMap(({ order }) => order ?? []);
  }

  /** Where the simulation stands at `nowMs` of the wall clock: since the last line it has gone on at the pace of real time. */
  simulatedAt(nowMs: number): number {
    const last = this.#lines.at(-1);
    return last ? last.simulatedMs + Math.max(0, nowMs - last.wallMs) : nowMs;
  }

  /** Writes an order down; it is on the disk when this returns. */
  add(order: UnitOrder, wallMs: number): void {
    this.#append({ wallMs, simulatedMs: order.atMs, order });
  }

  /** Notes how far the simulation is, when that does not follow from the last line: it runs faster than real time, or stood still. */
  note(simulatedMs: number, wallMs: number): void {
    if (this.#lines.length === 0 || Math.abs(this.simulatedAt(wallMs) - simulatedMs) < 1000) return;
    this.#append({ wallMs, simulatedMs });
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #append(line: Line): void {
    if (line.order === undefined && this.#lines.at(-1)?.order === undefined) this.#lines.pop();
    this.#lines.push(line);
    if (this.#file === null) return;
    writeSync(this.#file, textOf(line));
    fdatasyncSync(this.#file);
  }

  /** The file without what was torn or is too old, put in its place in one step, and opened for more. */
  #rewrite(path: string): void {
    const firstKept = this.#lines.filter(({ order }) => order).at(-MOST_KEPT);
    if (firstKept) this.#lines = this.#lines.slice(this.#lines.indexOf(firstKept));
    mkdirSync(dirname(path), { recursive: true });
    const whole = `${path}.new`;
    const file = openSync(whole, "w", 0o600);
    writeSync(file, this.#lines.map(textOf).join(""));
    fdatasyncSync(file);
    closeSync(file);
    renameSync(whole, path);
    this.#file = openSync(path, "a");
  }
}

const textOf = (line: Line): string => `${JSON.stringify(line)}\n`;

function readLines(path: string): Line[] {
  let text = "";
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw error;
  }
  return text.split("\n").flatMap((line) => {
    try {
      const read = JSON.parse(line) as Line;
      return Number.isFinite(read.wallMs) && Number.isFinite(read.simulatedMs) ? [read] : [];
    } catch {
      return [];
    }
  });
}
