import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether Debian's `mosquitto` is on the path. */
export function hasMosquitto(): boolean {
  const { error } = spawnSync("mosquitto", ["-h"]);
  return error === undefined;
}

export interface MosquittoProcess {
  /** As a page would name its origin: the WebSocket listener takes any path. */
  readonly url: string;
  /** Certificate of the authority that signed the broker's own; null without TLS. */
  readonly ca: string | null;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Whether certificates can be made here. */
export function hasOpenssl(): boolean {
  return spawnSync("openssl", ["version"]).status === 0;
}

/** Mosquitto with a WebSocket listener on loopback that takes one password. Everything lies in a folder of its own. */
export async function startMosquitto(
  username: string,
  password: string,
  { tls = false }: { readonly tls?: boolean } = {},
): Promise<MosquittoProcess> {
  const folder = mkdtempSync(join(tmpdir(), "mosquitto-"));
  const port = await freePort();
  const passwords = join(folder, "passwords");
  writeFileSync(passwords, `${username}:${password}\n`, { mode: 0o600 });
  const hashed = spawnSync("mosquitto_passwd", ["-U", passwords]);
  if (hashed.status !== 0) throw new Error(`mosquitto_passwd: ${hashed.stderr}`);
  const config = join(folder, "mosquitto.conf");
  const lines = [
    // Mosquitto 2.0 does not start with WebSocket listeners alone
    `listener 0 ${join(folder, "socket")}`,
    // its WebSocket library binds to interfaces, not to addresses
    `listener ${port} lo`,
    "protocol websockets",
    ...(tls ? makeCertificate(folder) : []),
    `password_file ${passwords}`,
    "allow_anonymous false",
    "persistence false",
    "user root",
  ];
  writeFileSync(config, `${lines.join("\n")}\n`);
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const started = spawn("mosquitto", ["-c", config], { stdio: "ignore" });
    child = started;
    await listening(port, () => started.exitCode !== null);
  };
  const stop = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return;
    const gone = new Promise<void>((resolve) => running.once("exit", () => resolve()));
    running.kill("SIGKILL");
    await gone;
  };
  await start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    ca: tls ? readFileSync(join(folder, "ca.pem"), "utf8") : null,
    restart: async () => {
      await stop();
      await start();
    },
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** An authority and a certificate for 127.0.0.1 that it signed, valid for a day; the lines that name them. */
function makeCertificate(folder: string): string[] {
  const openssl = (...args: string[]): void => {
    const { status, stderr } = spawnSync("openssl", args, { cwd: folder });
    if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
  };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-days",
    "1",
    "-subj",
    "/CN=Test authority",
  );
  openssl("req", ...key, "-keyout", "broker.key", "-out", "broker.csr", "-subj", "/CN=127.0.0.1");
  writeFileSync(join(folder, "names"), "subjectAltName=IP:127.0.0.1\n");
  const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"];
  openssl("x509", "-req", "-in", "broker.csr", ...signed, "-days", "1", "-out", "broker.pem");
  return ["ca.pem:cafile", "broker.pem:certfile", "broker.key:keyfile"].map((pair) => {
    const [file, option] = pair.split(":") as [string, string];
    return `${option} ${join(folder, file)}`;
  });
}

/**
 * A port below those that the system hands out by itself (32 768 and up): one of those could be gone to another connection
 * while the broker restarts.
 */
async function freePort(): Promise<number> {
  for (let n = 0; n < 100; n++) {
    const port = randomInt(20_000, 32_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
  throw new Error("no free port for mosquitto");
}

/** Rejects when the process is over, or half a minute later. */
async function listening(port: number, isOver: () => boolean): Promise<void> {
  for (let n = 0; n < 1200 && !isOver(); n++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`mosquitto does not listen on port ${port}`);
}
