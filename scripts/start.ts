import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildWhenStale } from "./build.ts";
import { prepareAssets } from "./prepare-assets.ts";
import { ROOT } from "./root.ts";
import { MAX_SPEED, MIN_SPEED } from "./server/hub-control.ts";
import { createTwinServer } from "./server/twin-server.ts";

/** Shorter tokens are guessed. */
const MIN_TOKEN_LENGTH = 8;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "5173" },
    host: { type: "string", default: "127.0.0.1" },
    connect: { type: "string" },
    "publish-token": { type: "string" },
    "read-token": { type: "string" },
    seed: { type: "string" },
    speed: { type: "string" },
    sensors: { type: "string" },
    data: { type: "string" },
    dev: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  process.stdout.write(
    "npm start -- [--port N] [--host H] [--connect 'https://tiles.example wss://broker.example'] [hub]\n" +
      "npm run dev -- [--port N] [--host H] [hub]\n" +
      "hub: [--publish-token TOKEN] [--read-token TOKEN] [--seed N] [--speed X] [--sensors N] [--data FOLDER]\n" +
      "  tokens: better as LIAOTWIN_PUBLISH_TOKEN and LIAOTWIN_READ_TOKEN, where the list of processes does not show them;\n" +
      "  a publish token is made and shown when none is given\n" +
      "  --seed: places and noise of the simulation; --speed: 0.1 to 60 times; --sensors: in each city, 100 to 50000\n" +
      "  --data: where orders to crews are kept over a restart, .hub when not given; delete it to forget them\n",
  );
  process.exit(0);
}

const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  fail(`--port ${values.port}: give a number from 0 to 65535.`);

const quiet = (line: string) => process.stderr.write(`${line}\n`);
const hubOptions = readHubOptions();
try {
  if (values.dev) await startDev();
  else await startProduct();
} catch (error) {
  const code = (error as { code?: string }).code;
  if (code === "EADDRINUSE") fail(`Port ${port} on ${values.host} is taken: give another one with --port.`);
  if ((error as { path?: string }).path?.startsWith(hubOptions.dataDir))
    fail(
      `Orders to crews cannot be kept in ${hubOptions.dataDir} (${code}): give another folder with --data.`,
    );
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

async function startProduct(): Promise<void> {
  const dist = await buildWhenStale(quiet);
  const server = await createTwinServer({
    root: dist,
    tilesetsDir: join(ROOT, "tilesets"),
    host: values.host,
    port,
    connect: values.connect,
    ...hubOptions,
  });
  if (!/^(?:localhost|127\.|::1)/.test(values.host) && hubOptions.readToken === undefined)
    quiet("Other computers get the live feed with a token only: set LIAOTWIN_READ_TOKEN.");
  process.stdout.write(`LiaoTwin 辽宁城市数字孪生: ${server.url}\n`);
  stopOnSignals(() => server.close());
}

async function startDev(): Promise<void> {
  await prepareAssets(quiet);
  const hub = await createTwinServer({
    root: join(ROOT, "dist"),
    tilesetsDir: join(ROOT, "tilesets"),
    cesiumDir: join(ROOT, "node_modules/cesium/Build/Cesium"),
    host: "127.0.0.1",
    port: 0,
    ...hubOptions,
  });
  const vite = spawn(
    process.execPath,
    [
      join(ROOT, "node_modules/vite/bin/vite.js"),
      "--host",
      values.host,
      "--port",
      String(port),
      "--strictPort",
    ],
    { cwd: ROOT, stdio: "inherit", env: { ...process.env, LIAOTWIN_HUB: hub.url } },
  );
  stopOnSignals(async () => {
    vite.kill();
    await hub.close();
  });
  vite.on("exit", (exitCode) => process.exit(exitCode ?? 0));
}

/** What the embedded hub is told; ends the process with a sentence when an option makes no sense. */
function readHubOptions() {
  const publishToken = tokenOf("publish-token", "LIAOTWIN_PUBLISH_TOKEN");
  const readToken = tokenOf("read-token", "LIAOTWIN_READ_TOKEN");
  const seed = numberOf("seed", 0, 2 ** 32 - 1);
  const speed = numberOf("speed", MIN_SPEED, MAX_SPEED);
  const sensors = numberOf("sensors", 100, 50_000);
  return {
    publishToken: publishToken ?? makeToken(),
    dataDir: values.data ?? join(ROOT, ".hub"),
    ...(readToken !== undefined && { readToken }),
    ...(seed !== undefined && { seed }),
    ...(speed !== undefined && { speed }),
    ...(sensors !== undefined && { sensors }),
  };
}

function tokenOf(option: "publish-token" | "read-token", variable: string): string | undefined {
  const token = values[option] ?? process.env[variable];
  if (token !== undefined && token.length < MIN_TOKEN_LENGTH)
    fail(`--${option} (or ${variable}): give at least ${MIN_TOKEN_LENGTH} characters.`);
  return token;
}

function numberOf(option: "seed" | "speed" | "sensors", low: number, high: number): number | undefined {
  const text = values[option];
  if (text === undefined) return undefined;
  const number = Number(text);
  const isWhole = option === "speed" || Number.isInteger(number);
  if (text.trim() === "" || !isWhole || !(number >= low && number <= high))
    fail(`--${option} ${text}: give a ${option === "speed" ? "" : "whole "}number from ${low} to ${high}.`);
  return number;
}

/** A token for this run, shown on stderr: stdout is the address alone. */
function makeToken(): string {
  const token = randomBytes(12).toString("base64url");
  quiet(`Publishing to the embedded broker asks for this token: ${token}`);
  return token;
}

function stopOnSignals(stop: () => Promise<void>): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void stop().finally(() => process.exit(0)));
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
