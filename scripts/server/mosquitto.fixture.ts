import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Mosquitto with a WebSocket listener on loopback that takes one password. Everything lies in a folder of its own. */
export async function startMosquitto(username: string, password: string): Promise<MosquittoProcess> {
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
    `password_file ${passwords}`,
    "allow_anonymous false",
    "persistence false",
    "user root",
  ];
  writeFileSync(config, `${lines.join("\n")}\n`);
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    child = spawn("mosquitto", ["-c", config], { stdio: "ignore" });
    await listening(port);
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
    url: `http://127.0.0.1:${port}`,
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function listening(port: number): Promise<void> {
  for (let n = 0; n < 200; n++) {
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
