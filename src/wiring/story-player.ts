import { isAbort } from "../base/abort.ts";
import type { Story } from "../domain/story.ts";
import type { Stores } from "../state/stores.ts";

/** The clock that the player lives on; tests bring their own. */
export interface PlayerClock {
  after(seconds: number, fn: () => void): () => void;
  nowS(): number;
}

export const WALL_CLOCK: PlayerClock = {
  after: (seconds, fn) => {
    const timer = setTimeout(fn, seconds * 1000);
    return () => clearTimeout(timer);
  },
  nowS: () => performance.now() / 1000,
};

/**
 * Plays a story: at each step its caption shows and its commands run one after another; the step's time runs beside them,
 * so that a slow machine does not stretch the show. A command that fails is reported and the show goes on.
 */
export class StoryPlayer {
  readonly #stores: Stores;
  readonly #runPlain: (command: unknown) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  readonly #clock: PlayerClock;
  #story: Story | null = null;
  #step = 0;
  #turn = 0;
  #stopTimer: () => void = () => {};
  #stepStartS = 0;
  #remainingS = 0;

  constructor(
    stores: Stores,
    runPlain: (command: unknown) => Promise<void>,
    onError: (error: unknown) => void,
    clock: PlayerClock = WALL_CLOCK,
  ) {
    this.#stores = stores;
    this.#runPlain = runPlain;
    this.#onError = onError;
    this.#clock = clock;
  }

  play(story: Story): void {
    this.#story = story;
    this.#stores.story.set({ playing: story.id, steps: story.steps.length, loop: story.loop });
    this.#enter(0);
  }

  pause(): void {
    if (!this.#story || this.#stores.story.get().status !== "playing") return;
    this.#stopTimer();
    this.#remainingS = Math.max(0, this.#remainingS - (this.#clock.nowS() - this.#stepStartS));
    this.#stores.story.set({ status: "paused" });
  }

  resume(): void {
    if (!this.#story || this.#stores.story.get().status !== "paused") return;
    this.#stores.story.set({ status: "playing" });
    this.#wait(this.#remainingS);
  }

  next(): void {
    if (!this.#story) return;
    const last = this.#story.steps.length - 1;
    if (this.#step < last) this.#enter(this.#step + 1);
    else if (this.#stores.story.get().loop) this.#enter(0);
    else this.stop();
  }

  previous(): void {
    if (this.#story) this.#enter(Math.max(0, this.#step - 1));
  }

  stop(): void {
    this.#stopTimer();
    this.#turn++;
    this.#story = null;
    this.#stores.story.set({
      playing: null,
      status: "stopped",
      step: 0,
      steps: 0,
      caption: null,
      progress: { from: 0, to: 0, durationS: 0 },
    });
  }

  #enter(step: number): void {
    const story = this.#story;
    const content = story?.steps[step];
    if (!story || !content) return;
    this.#step = step;
    const total = story.steps.reduce((sum, other) => sum + other.durationS, 0);
    const before = story.steps.slice(0, step).reduce((sum, other) => sum + other.durationS, 0);
    const wasPaused = this.#stores.story.get().status === "paused";
    this.#stores.story.set({
      step,
      status: wasPaused ? "paused" : "playing",
      caption: content.caption,
      progress: {
        from: before / total,
        to: (before + content.durationS) / total,
        durationS: content.durationS,
      },
    });
    this.#remainingS = content.durationS;
    this.#stepStartS = this.#clock.nowS();
    if (wasPaused) this.#stopTimer();
    else this.#wait(content.durationS);
    void this.#runCommands(content.commands, ++this.#turn);
  }

  async #runCommands(commands: readonly unknown[], turn: number): Promise<void> {
    for (const command of commands) {
      if (turn !== this.#turn) return;
      try {
        await this.#runPlain(command);
      } catch (error) {
        if (!isAbort(error)) this.#onError(error);
      }
    }
  }

  #wait(seconds: number): void {
    this.#stopTimer();
    this.#remainingS = seconds;
    this.#stepStartS = this.#clock.nowS();
    this.#stopTimer = this.#clock.after(seconds, () => this.next());
  }
}
