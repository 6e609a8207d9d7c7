import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildWhenStale } from "./build.ts";
import { prepareAssets } from "./prepare-assets.ts";
import { ROOT } from "./root.ts";
import { createTwinServer } from "./server/twin-server.ts";

/** Shorter tokens are guessed. */
const MIN_TOKEN_LENGTH = 8;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "5173" },
    host: { type: "string", default: "127.0.0.1" },
    connect: { type: "string" },
    "publish-token": { type: "string" },
    dev: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  process.stdout.write(
    "npm start -- [--port N] [--host H] [--connect 'https://tiles.example wss://broker.example'] [hub]\n" +
      "npm run dev -- [--port N] [--host H] [hub]\n" +
      "hub: [--publish-token TOKEN]\n" +
      "LIAOTWIN_PUBLISH_TOKEN in the environment gives the token without showing it in the list of processes.\n",
  );
  process.exit(0);
}

const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  fail(`--port ${values.port}: give a number from 0 to 65535.`);

const hubOptions = readHubOptions();
const quiet = (line: string) => process.stderr.write(`${line}\n`);
try {
  if (values.dev) await startDev();
  else await startProduct();
} catch (error) {
  const code = (error as { code?: string }).code;
  if (code === "EADDRINUSE") fail(`Port ${port} on ${values.host} is taken: give another one with --port.`);
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

async function startProduct(): Promise<void> {
  const dist = await buildWhenStale(quiet);
  const server = await createTwinServer({
    root: dist,
    host: values.host,
    port,
    connect: values.connect,
    ...hubOptions,
  });
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
  const publishToken = values["publish-token"] ?? process.env.LIAOTWIN_PUBLISH_TOKEN;
  if (publishToken !== undefined && publishToken.length < MIN_TOKEN_LENGTH)
    fail(`--publish-token (or LIAOTWIN_PUBLISH_TOKEN): give at least ${MIN_TOKEN_LENGTH} characters.`);
  return { ...(publishToken !== undefined && { publishToken }) };
}

function stopOnSignals(stop: () => Promise<void>): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void stop().finally(() => process.exit(0)));
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
