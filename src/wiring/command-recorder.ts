import type { PlainCommand } from "../domain/story.ts";

/** Never written down. */
const SECRET: ReadonlySet<string> = new Set(["set-secret"]);
/** The camera has entries of its own, and the timeline is about the log, not in it. */
const NOISE: ReadonlySet<string> = new Set([
  "zoom",
  "turn-north",
  "fly-to",
  "fly-home",
  "zoom-to-layer",
  "zoom-to-model",
  "zoom-to-selection",
  "dismiss-notice",
  "open-overlay",
  "go-live",
  "go-to-time",
  "play-timeline",
  "pause-timeline",
]);
/** Written by whoever carries them out, with the place that they came to mean. */
const WRITTEN_ELSEWHERE: ReadonlySet<string> = new Set([
  "dispatch-unit",
  "recall-unit",
  "set-zone",
  "remove-zone",
]);
/** Come with every step of a slider: the last one of a while counts. */
const DRAGGED: ReadonlySet<string> = new Set([
  "set-hour",
  "set-water-level",
  "set-layer-opacity",
  "set-section",
]);
const WHILE_MS = 1000;

/** Words of an address that let somebody in. */
const KEY_IN_URL = /([?&][^=&#]*(?:key|token|secret|pass|sig|auth|tk|ak)[^=&#]*=)[^&#]*/gi;
const NAME_IN_URL = /(:\/\/)[^/?#@\s]*@/g;

/** Hands on the commands that belong into the log, without secrets. */
export class CommandRecorder {
  readonly #record: (command: PlainCommand) => void;
  readonly #waiting = new Map<string, { command: PlainCommand; timer: ReturnType<typeof setTimeout> }>();

  constructor(record: (command: PlainCommand) => void) {
    this.#record = record;
  }

  take(command: PlainCommand): void {
    const { type } = command;
    if (typeof type !== "string" || SECRET.has(type) || NOISE.has(type) || WRITTEN_ELSEWHERE.has(type))
      return;
    const clean = withoutSecrets(command) as PlainCommand;
    if (!DRAGGED.has(type)) {
      this.#record(clean);
      return;
    }
    const waiting = this.#waiting.get(type);
    if (waiting) clearTimeout(waiting.timer);
    const timer = setTimeout(() => {
      this.#waiting.delete(type);
      this.#record(clean);
    }, WHILE_MS);
    this.#waiting.set(type, { command: clean, timer });
  }

  /** Hands on what still waits. */
  flush(): void {
    for (const { command, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      this.#record(command);
    }
    this.#waiting.clear();
  }
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return value.replace(KEY_IN_URL, "$1…").replace(NAME_IN_URL, "$1");
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutSecrets(one)]));
}
