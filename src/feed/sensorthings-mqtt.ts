import type { FeedAdapter, FeedEvents } from "./feed-adapter.ts";
import type { Link } from "./mqtt-link.ts";
import type { SensorThingsAdapter } from "./sensorthings-http.ts";

const TOPICS: readonly string[] = ["v1.1/Datastreams({id})/Observations"];

/**
 * SensorThings with Things over HTTP and Observations over MQTT. While the broker is away the Observations are asked for over HTTP,
 * and after each round the broker is tried again.
 */
export class SensorThingsMqttAdapter implements FeedAdapter {
  readonly #http: SensorThingsAdapter;
  readonly #intervalS: number;
  readonly #source: (topics: readonly string[]) => FeedAdapter;
  readonly #topics: readonly string[];

  constructor(
    http: SensorThingsAdapter,
    intervalS: number,
    source: (topics: readonly string[]) => FeedAdapter,
    topics = TOPICS,
  ) {
    this.#http = http;
    this.#intervalS = intervalS;
    this.#source = source;
    this.#topics = topics;
  }

  open(events: FeedEvents): Link {
    const updates = new Updates(this.#http, this.#intervalS, events, (keys) => {
      const topics = this.#topics.flatMap((topic) =>
        topic.includes("{id}") ? [...keys].map((key) => topic.replaceAll("{id}", idIn(key))) : [topic],
      );
      return topics.length === 0 ? null : this.#source(topics);
    });
    const link = this.#http.openWith(
      {
        ...events,
        opened: (problem) => updates.opened(problem),
        closed: (...end) => {
          updates.close();
          events.closed(...end);
        },
      },
      updates,
    );
    return {
      close: () => {
        link.close();
        updates.close();
      },
    };
  }
}

/** The broker's side of one attempt. */
class Updates {
  readonly #http: SensorThingsAdapter;
  readonly #intervalS: number;
  readonly #events: FeedEvents;
  readonly #sourceOf: (keys: ReadonlySet<string>) => FeedAdapter | null;
  #link: Link | null = null;
  #keys = "";
  #isOpen = false;
  /** Rounds that began since the broker was there: the first still reads what came before it. */
  #rounds = 0;

  constructor(
    http: SensorThingsAdapter,
    intervalS: number,
    events: FeedEvents,
    sourceOf: (keys: ReadonlySet<string>) => FeedAdapter | null,
  ) {
    this.#http = http;
    this.#intervalS = intervalS;
    this.#events = events;
    this.#sourceOf = sourceOf;
  }

  hasUpdates(): boolean {
    return this.#isOpen && this.#rounds++ > 0;
  }

  opened(problem: string | null): void {
    this.#events.opened(problem, { protocol: "HTTP", isResumed: false });
  }

  /** Connects to the broker when it is not there, and anew when there are other Datastreams. */
  afterRound(keys: ReadonlySet<string>): void {
    const now = [...keys].sort().join("\n");
    if (this.#link && now === this.#keys) return;
    this.close();
    this.#keys = now;
    this.#link = this.#sourceOf(keys)?.open(this.#listener()) ?? null;
  }

  close(): void {
    this.#link?.close();
    this.#link = null;
    this.#isOpen = false;
    this.#rounds = 0;
  }

  #listener(): FeedEvents {
    return {
      opened: (problem, how) => {
        this.#isOpen = true;
        this.#events.opened(problem, { protocol: `HTTP, ${how?.protocol ?? "MQTT"}`, isResumed: false });
      },
      message: (place, read) =>
        this.#events.message(place, () => {
          const message = read();
          if (message.kind === "observations") this.#http.follow(message.observations);
          return message;
        }),
      rejected: (place, problem) => this.#events.rejected(place, problem),
      closed: (reason) => {
        this.close();
        this.#events.opened(`no updates over MQTT (${reason}): asking every ${this.#intervalS} s`, {
          protocol: "HTTP",
          isResumed: false,
        });
      },
    };
  }
}

/** As it stands in an entity's address: numbers bare, names in quotes. */
const idIn = (key: string): string => (/^\d+$/.test(key) ? key : `'${key.replaceAll("'", "''")}'`);
