import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Aedes, type AuthenticateError, type Client } from "aedes";
import { createWebSocketStream, type WebSocket, WebSocketServer } from "ws";
import { KeptSessions } from "./kept-sessions.ts";
import { isOwnComputer, sameSecret } from "./own-computer.ts";

/** Topics outside this root are neither readable nor writable. */
export const TOPIC_ROOT = "liaotwin/";
const SESSION_MS = 600_000;
const MAX_FRAME_BYTES = 256 * 1024;

export interface BrokerOptions {
  /** Password that lets a client publish. Without it nobody can but the server itself. */
  readonly publishToken?: string;
  /** Password that lets a client of another computer read; that of publishers does as well. This computer reads without one. */
  readonly readToken?: string;
  /** For how long the session of a client that went away is kept, ms; ten minutes when absent. */
  readonly sessionMs?: number;
  /** Hears which topics clients ask for, and what they publish. */
  readonly onSubscribed?: (topic: string) => void;
  readonly onPublished?: (topic: string, payload: string) => void;
}

/** Publishes from inside, QoS 0; resolves at once while the broker is down. A retained empty payload takes the topic back. */
export type Publish = (topic: string, payload: string | Uint8Array, retain: boolean) => Promise<void>;

export interface Broker {
  /** Takes over an HTTP upgrade to WebSocket. Answers 503 while the broker is down. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly publish: Publish;
  readonly clients: number;
  close(): Promise<void>;
}

/**
 * The embedded MQTT broker. Reading below `liaotwin/` is open to this computer, asks others for a token; publishing always asks for
 * its own. State is in memory.
 */
export async function createBroker(options: BrokerOptions = {}): Promise<Broker> {
  const publishers = new WeakSet<Client>();
  const aedes = await Aedes.createBroker({
    // a client that does not read for ten seconds is dropped, so that it cannot hold up the others
    drainTimeout: 10_000,
    maxTopicLevels: 12,
    authenticate(client, _username, password, done) {
      if (password === undefined || password.length === 0) {
        if (isOwnComputer(client.req)) return done(null, true);
        // 5 is "not authorised" of MQTT 3.1.1
        return done(refusal("a token is needed", 5), false);
      }
      if (options.readToken !== undefined && sameSecret(password, options.readToken)) return done(null, true);
      if (options.publishToken !== undefined && sameSecret(password, options.publishToken)) {
        publishers.add(client);
        return done(null, true);
      }
      // 4 is "bad user name or password" of MQTT 3.1.1
      done(refusal("bad token", 4), false);
    },
    authorizePublish(client, packet, done) {
      const mayPublish = client !== null && publishers.has(client) && packet.topic.startsWith(TOPIC_ROOT);
      done(mayPublish ? null : new Error("publishing is not allowed"));
      if (mayPublish) options.onPublished?.(packet.topic, packet.payload.toString());
    },
    authorizeSubscribe(_client, subscription, done) {
      const isReadable = subscription.topic.startsWith(TOPIC_ROOT);
      done(null, isReadable ? subscription : null);
      if (isReadable) options.onSubscribed?.(subscription.topic);
    },
  });
  const sessions = new KeptSessions(aedes, options.sessionMs ?? SESSION_MS);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has("mqtt") ? "mqtt" : false),
  });
  let closed = false;

  const accept = (socket: WebSocket, request: IncomingMessage): void => {
    const stream = inWholeFrames(createWebSocketStream(socket));
    // a broken connection is the client's affair; aedes sees the close
    stream.on("error", () => stream.destroy());
    aedes.handle(stream, request);
  };

  return {
    upgrade(request, socket, head) {
      if (closed) socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n");
      else sockets.handleUpgrade(request, socket, head, accept);
    },
    publish: (topic, payload, retain) =>
      new Promise((resolve, reject) => {
        if (closed) return resolve();
        aedes.publish(
          { cmd: "publish", topic, payload: Buffer.from(payload), qos: 0, dup: false, retain },
          (error) => (error ? reject(error) : resolve()),
        );
      }),
    get clients() {
      return aedes.connectedClients;
    },
    async close() {
      if (closed) return;
      closed = true;
      sessions.close();
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => aedes.close(resolve));
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

/**
 * Packets are written in pieces, and each piece would be a frame of its own: five for a PUBLISH. What is written in one turn of the
 * event loop goes out in one frame, as MQTT allows: 100 000 frames become 100 when 20 000 messages come in hundreds.
 */
function inWholeFrames(stream: Duplex): Duplex {
  stream._writev = (chunks, done) =>
    stream._write(
      Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)),
      "buffer" as BufferEncoding,
      done,
    );
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  let isGathering = false;
  stream.write = (...args: unknown[]): boolean => {
    if (!isGathering) {
      isGathering = true;
      stream.cork();
      setImmediate(() => {
        isGathering = false;
        stream.uncork();
      });
    }
    return write(...args);
  };
  return stream;
}

function refusal(reason: string, returnCode: number): AuthenticateError {
  return Object.assign(new Error(reason), { returnCode }) as AuthenticateError;
}
