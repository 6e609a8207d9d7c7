/**
 * Damaged files: each ends in a conversion or in a sentence, and none takes the process with it. web-ifc hangs on a few in
 * a thousand kinds of damage: those end by the watchdog, as in the page (`jobs/ifc-job.ts`), and there may not be more.
 */
import { type ChildProcess, fork } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fuzzBases } from "./fuzz-bases.fixture.ts";
import type { FuzzAnswer } from "./fuzz-child.fixture.ts";
import { mutateIfc } from "./mutate-ifc.fixture.ts";

const SHARED = join(import.meta.dirname, "../../../shared/data/ifc");
const SAMPLES = [
  "building/SimpleWall.ifc",
  "cjk/foum_zh_revit2013.ifc",
  "cjk/SubtractionResultsInClosedWindow_zh.ifc",
  "infra/LinearPlacement-1.ifc",
  "georef/bsi-validation-grf/grf003/na-grf003-correct_building_with_georeferencing.ifc",
];
const TWINS = 300;
const PROCESSES = 2;
/** Far above what a small file needs on a busy machine, far below a hang. */
const LIMIT_MS = 10_000;
/** Two in a hundred. */
const MOST_HUNG = 6;

/** A process that converts one text after another; a silent one is ended and replaced. */
class Converter {
  #child: ChildProcess | null = null;

  async convert(text: string): Promise<FuzzAnswer | "hung" | "died"> {
    const child = this.#child ?? (await this.#start());
    return new Promise((resolve) => {
      const onMessage = (answer: FuzzAnswer) => end(answer);
      const onExit = () => end("died");
      const end = (answer: FuzzAnswer | "hung" | "died") => {
        clearTimeout(timer);
        child.off("message", onMessage);
        child.off("exit", onExit);
        if (typeof answer === "string") {
          child.kill("SIGKILL");
          this.#child = null;
        }
        resolve(answer);
      };
      const timer = setTimeout(() => end("hung"), LIMIT_MS);
      child.once("message", onMessage);
      child.once("exit", onExit);
      child.send(text);
    });
  }

  #start(): Promise<ChildProcess> {
    const child = fork(join(import.meta.dirname, "fuzz-child.fixture.ts"), {
      execArgv: ["--import", "tsx", "--max-old-space-size=1024"],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#child = child;
    return new Promise((resolve) => {
      child.once("message", () => resolve(child));
    });
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
  }
}

interface Outcome {
  readonly twin: string;
  readonly answer: FuzzAnswer | "hung" | "died";
}

async function convertAll(
  bases: ReadonlyMap<string, string>,
  converters: readonly Converter[],
): Promise<Outcome[]> {
  const names = [...bases.keys()];
  const outcomes: Outcome[] = [];
  let next = 0;
  await Promise.all(
    converters.map(async (converter) => {
      while (next < TWINS) {
        const seed = next++;
        const name = names[seed % names.length]!;
        const answer = await converter.convert(mutateIfc(bases.get(name)!, seed));
        outcomes.push({ twin: `${name} ${seed}`, answer });
      }
    }),
  );
  return outcomes;
}

describe(`${TWINS} damaged IFC files`, () => {
  const converters = Array.from({ length: PROCESSES }, () => new Converter());
  let outcomes: Outcome[] = [];

  beforeAll(async () => {
    const bases = new Map(fuzzBases());
    for (const path of SAMPLES)
      if (existsSync(join(SHARED, path))) bases.set(path, readFileSync(join(SHARED, path), "latin1"));
    outcomes = await convertAll(bases, converters);
  }, 240_000);

  afterAll(() => {
    for (const converter of converters) converter.stop();
  });

  it("kill nothing, and hardly any has to be ended by the watchdog", () => {
    expect(outcomes).toHaveLength(TWINS);
    expect(outcomes.filter(({ answer }) => answer === "died")).toEqual([]);
    const hung = outcomes.filter(({ answer }) => answer === "hung").map(({ twin }) => twin);
    expect(hung.length, hung.join(", ")).toBeLessThanOrEqual(MOST_HUNG);
  });

  it("end in a conversion or in a sentence", () => {
    const broken = outcomes.filter(({ answer }) => typeof answer === "object" && answer.outcome === "broke");
    expect(broken).toEqual([]);
    const converted = outcomes.filter(
      ({ answer }) => typeof answer === "object" && answer.outcome === "converted",
    );
    // damage that is not noticed at all would prove nothing, and neither would damage that nobody survives
    expect(converted.length).toBeGreaterThan(TWINS / 4);
    expect(converted.length).toBeLessThan(TWINS);
  });
});
