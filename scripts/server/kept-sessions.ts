import type { Aedes, Client } from "aedes";

const MAX_SESSIONS = 200;

/**
 * Forgets sessions whose clients stay away: MQTT 3.1.1 knows no expiry, and a hub that runs for months would keep the messages of
 * every page that was ever closed.
 */
export class KeptSessions {
  readonly #broker: Aedes;
  readonly #keepMs: number;
  /** Clients that are away, longest first. */
  readonly #away = new Map<string, NodeJS.Timeout>();

  constructor(broker: Aedes, keepMs: number) {
    this.#broker = broker;
    this.#keepMs = keepMs;
    broker.on("clientReady", ({ id }) => this.#isBack(id));
    broker.on("clientDisconnect", (client) => this.#hasGone(client));
  }

  /** Ends all waiting; what is kept stays as it is. */
  close(): void {
    for (const timer of this.#away.values()) clearTimeout(timer);
    this.#away.clear();
  }

  #isBack(id: string): void {
    clearTimeout(this.#away.get(id));
    this.#away.delete(id);
  }

  #hasGone({ id, clean }: Client): void {
    if (clean || this.#broker.closed) return;
    this.#isBack(id);
    this.#away.set(
      id,
      setTimeout(() => this.#forget(id), this.#keepMs),
    );
    const [longest] = this.#away.keys();
    if (this.#away.size > MAX_SESSIONS && longest !== undefined) this.#forget(longest);
  }

  #forget(id: string): void {
    this.#isBack(id);
    const client = { id } as Client;
    const { persistence } = this.#broker as unknown as { persistence: Persistence };
    const forget = async (): Promise<void> => {
      await persistence.cleanSubscriptions(client);
      for await (const packet of persistence.outgoingStream(client))
        await persistence.outgoingClearMessageId(client, packet);
    };
    // a client that has just come back subscribes anew
    forget().catch(() => {});
  }
}

interface Persistence {
  cleanSubscriptions(client: Client): Promise<unknown>;
  outgoingStream(client: Client): AsyncIterable<object>;
  outgoingClearMessageId(client: Client, packet: object): Promise<unknown>;
}
