import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CHROMIUM_MISSING, ensureChromium } from "./e2e/chromium.ts";
import { ROOT } from "./root.ts";
import { countReport, filesThatFailed, namesOfFailures, type Tally, withSecondRun } from "./test-report.ts";

/**
 * `npm test`: everything that must hold, in the order of cost. A failed step does not hide the later ones, except that
 * nothing that needs `dist/` runs after a failed build. The last line of stdout is `N passed, N failed`.
 */
const { values } = parseArgs({ options: { "no-browser": { type: "boolean", default: false } } });

const REPORTS = join(ROOT, ".cache/reports");
const bin = (name: string) => join(ROOT, "node_modules/.bin", name);
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Vitest project whose report is counted; else the step itself is one test. */
  readonly project?: string;
  readonly needsBuild?: boolean;
}

const vitest = (project: string): Step => ({
  name: project,
  project,
  command: [
    bin("vitest"),
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${join(REPORTS, `${project}.json`)}`,
  ],
});

const STEPS: readonly Step[] = [
  { name: "types", command: [bin("tsc"), "-p", "tsconfig.json"] },
  { name: "format and lint", command: [bin("biome"), "check", "."] },
  { name: "unused files, exports and packages", command: [bin("knip")] },
  // before the unit tests: some of them ask the demo cities, and would be left out on a clean clone
  { name: "demo cities and sample building", command: [bin("tsx"), "scripts/prepare-assets.ts"] },
  vitest("unit"),
  { name: "build", command: [bin("tsx"), "scripts/build.ts"] },
  { ...vitest("built"), needsBuild: true },
  { ...vitest("e2e"), needsBuild: true },
];

/** Resolves to the exit code; output goes straight through. */
function runStep(command: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [program = "", ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"], env });
    child.on("error", (error) => {
      say(String(error));
      resolve(127);
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

function reportOf(project: string): unknown {
  try {
    return JSON.parse(readFileSync(join(REPORTS, `${project}.json`), "utf8"));
  } catch {
    say(`${project}: no report was written.`);
    return null;
  }
}

/** Files that may be tried a second time: more than these at once are no accident of a busy machine. */
const MOST_SECOND_TRIES = 2;

/**
 * What waits for brokers, threads and browsers can stumble over a machine that is busy with something else. Up to two files
 * that failed are run again from their beginning; what failed at first is said aloud all the same.
 */
async function secondTry(
  step: Step,
  report: unknown,
  code: number,
  env: NodeJS.ProcessEnv,
): Promise<[unknown, number]> {
  const files = filesThatFailed(report);
  if (code === 0 || files.length === 0 || files.length > MOST_SECOND_TRIES) return [report, code];
  for (const name of namesOfFailures(report, code)) say(`stumbled, tried again: ${step.name}: ${name}`);
  const again = await runStep([...step.command, ...files], env);
  return [withSecondRun(report, reportOf(step.project!)), again];
}

function tallyOf(step: Step, report: unknown, code: number): Tally {
  if (!step.project) {
    if (code !== 0) failures.push(`${step.name}: ended with ${code}`);
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  }
  for (const name of namesOfFailures(report, code)) failures.push(`${step.name}: ${name}`);
  return countReport(report, code);
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const env: NodeJS.ProcessEnv = { ...process.env, CI: process.env.CI ?? "1" };
const total = { passed: 0, failed: 0 };
const failures: string[] = [];
let isBuilt = true;
say(`Node ${process.version}, ${cpus().length} cores`);

for (const step of STEPS) {
  if (step.needsBuild && !isBuilt) {
    say(`${step.name}: not run, because the build failed.`);
    continue;
  }
  if (step.project === "e2e") {
    if (values["no-browser"]) continue;
    const chromium = ensureChromium(say);
    if (!chromium) {
      say(CHROMIUM_MISSING);
      total.failed++;
      continue;
    }
    env.CHROMIUM = chromium;
    say(`Chromium: ${chromium}`);
  }
  say(`\n== ${step.name} ==`);
  const start = performance.now();
  let code = await runStep(step.command, env);
  let report = step.project ? reportOf(step.project) : null;
  if (step.project !== undefined) [report, code] = await secondTry(step, report, code, env);
  const tally = tallyOf(step, report, code);
  total.passed += tally.passed;
  total.failed += tally.failed;
  if (step.name === "build") isBuilt = code === 0;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(`== ${step.name}: ${tally.passed} passed, ${tally.failed} failed, ${seconds} s ==`);
}

for (const failure of failures) say(`failed: ${failure}`);
say(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
