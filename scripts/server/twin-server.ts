import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Broker, createBroker, type Publish } from "./broker.ts";
import { controlHub, HUB_PATH } from "./hub-control.ts";
import { readProcesses } from "./processes/process-recording.ts";
import { Replay } from "./replay.ts";
import { securityHeaders } from "./security-headers.ts";
import { createStaticHandler, productMounts } from "./static-files.ts";
import { readRecordings, scaledRecording } from "./storm-recording.ts";

export const MQTT_PATH = "/mqtt";

export interface TwinServerOptions {
  /** Folder of the built page (`dist/`). */
  readonly root: string;
  /** Where city tilesets lie, when not in `root/tilesets`. */
  readonly tilesetsDir?: string;
  /** Where Cesium's run-time files lie, when not in `root/cesium`. */
  readonly cesiumDir?: string;
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  /** Sources beside 'self' that the page may connect to; any by default. */
  readonly connect?: string;
  /** Folder in which the simulation keeps what outlives the process: orders to crews. Nothing does by default. */
  readonly dataDir?: string;
  /** Whether the simulated scenario plays. Default true. */
  readonly feed?: boolean;
  /** Password that lets MQTT clients publish; without it none may. */
  readonly publishToken?: string;
  /** Password that lets MQTT clients of other computers read. */
  readonly readToken?: string;
  /** Of the simulation: other noise, about so many sensors in each city, how fast it goes at first. */
  readonly seed?: number;
  readonly sensors?: number;
  readonly speed?: number;
}

export interface TwinServer {
  readonly url: string;
  close(): Promise<void>;
  /** Publishes from inside, without the token. */
  readonly publish: Publish;
  /** Ends the broker with all its connections and starts a fresh one after `downMs` (default 0). */
  restartBroker(downMs?: number): Promise<void>;
}

/** Serves the page, the tiles and the live feed on one port. Rejects with the listen error (`EADDRINUSE` …). */
export async function createTwinServer(options: TwinServerOptions): Promise<TwinServer> {
  const handler = createStaticHandler(
    productMounts(options.root, options.tilesetsDir, options.cesiumDir),
    securityHeaders(options.connect),
  );
  const server = createServer((request, response) => {
    const isHub = (request.url ?? "").split("?")[0] === HUB_PATH;
    const answered = isHub
      ? controlHub(request, response, replay, options.publishToken)
      : handler(request, response);
    answered.catch(() => {
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(500, { "Content-Type": "text/plain; charset=utf-8" })
          .end("The file cannot be read.\n");
    });
  });
  const brokerOptions = {
    ...options,
    onSubscribed: (topic: string) => replay?.asked(topic),
    onPublished: (topic: string, payload: string) => replay?.heard(topic, payload),
  };
  let broker = await createBroker(brokerOptions);
  const publish: Publish = (topic, payload, retain) => broker.publish(topic, payload, retain);
  const replay = options.feed === false ? null : createReplay(options, publish);
  server.on("upgrade", (request, socket, head) => {
    // a reset during the handshake is no reason to end the process
    socket.on("error", () => socket.destroy());
    if ((request.url ?? "").split("?")[0] === MQTT_PATH) broker.upgrade(request, socket, head);
    else socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
  });
  await listen(server, options.host ?? "127.0.0.1", options.port ?? 0, broker);
  await replay?.start();

  return {
    url: urlOf(server, options.host ?? "127.0.0.1"),
    publish,
    async close() {
      replay?.stop();
      await broker.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
    async restartBroker(downMs = 0) {
      await broker.close();
      if (downMs > 0) await new Promise((resolve) => setTimeout(resolve, downMs));
      broker = await createBroker(brokerOptions);
      await replay?.announce();
    },
  };
}

function createReplay(options: TwinServerOptions, publish: Publish): Replay {
  const recordings = readRecordings().map((recording) => scaledRecording(recording, options));
  const dataDir = options.dataDir ?? null;
  const tilesetsDir = tilesetsDirOf(options);
  return new Replay(recordings, publish, Date.now, options.speed, readProcesses(), tilesetsDir, dataDir);
}

function tilesetsDirOf({ root, tilesetsDir }: TwinServerOptions): string {
  return tilesetsDir ?? join(root, "tilesets");
}

async function listen(server: Server, host: string, port: number, broker: Broker): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => {
        server.off("error", reject);
        resolve();
      });
    });
  } catch (error) {
    await broker.close();
    throw error;
  }
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
