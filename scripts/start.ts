import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildWhenStale } from "./build.ts";
import { prepareAssets } from "./prepare-assets.ts";
import { ROOT } from "./root.ts";
import { createTwinServer } from "./server/twin-server.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "5173" },
    host: { type: "string", default: "127.0.0.1" },
    connect: { type: "string" },
    dev: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  process.stdout.write(
    "npm start -- [--port N] [--host H] [--connect 'https://tiles.example wss://broker.example']\n" +
      "npm run dev -- [--port N] [--host H]\n" +
      "LIAOTWIN_PUBLISH_TOKEN: what lets a client publish to the embedded broker; made anew when absent.\n",
  );
  process.exit(0);
}

const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  fail(`--port ${values.port}: give a number from 0 to 65535.`);

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
    publishToken: publishToken(),
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
    publishToken: publishToken(),
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

/** The operator's own token, which is not printed, or one for this run, which is: on stderr, since stdout is the address alone. */
function publishToken(): string {
  const given = process.env.LIAOTWIN_PUBLISH_TOKEN;
  if (given) return given;
  const made = randomBytes(12).toString("base64url");
  quiet(`Publishing to the embedded broker asks for this token: ${made}`);
  return made;
}

function stopOnSignals(stop: () => Promise<void>): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void stop().finally(() => process.exit(0)));
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
