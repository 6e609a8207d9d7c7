import { isAbort } from "../base/abort.ts";
import type { PlainCommand, Story } from "../domain/story.ts";
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
 * so that a slow machine does not stretch the show. A command that fails is reported and the show goes on. The store's speed
 * shortens steps and flights alike.
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
  /** When the wait of the moment began, and the speed that it runs at. */
  #waitStartS = 0;
  #speed = 1;
  /** Of the step, in the story's own time, when the wait began. */
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
    this.#remainingS = this.#leftS();
    this.#stores.story.set({ status: "paused" });
  }

  /** What is left of the step goes on at the store's speed. */
  keepPace(): void {
    const { status, progress } = this.#stores.story.get();
    const content = this.#story?.steps[this.#step];
    if (!content) return;
    if (status === "playing") this.#wait(this.#leftS());
    const share = this.#remainingS / content.durationS;
    const from = progress.to - (progress.to - this.#progressBefore()) * share;
    const durationS = this.#remainingS / this.#stores.story.get().speed;
    this.#stores.story.set({ progress: { from, to: progress.to, durationS } });
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

  #leftS(): number {
    return Math.max(0, this.#remainingS - (this.#clock.nowS() - this.#waitStartS) * this.#speed);
  }

  /** 0..1: the share of the story that lies before the step. */
  #progressBefore(): number {
    const steps = this.#story?.steps ?? [];
    const lasting = (some: Story["steps"]) => some.reduce((sum, { durationS }) => sum + durationS, 0);
    return lasting(steps.slice(0, this.#step)) / lasting(steps);
  }

  #enter(step: number): void {
    const story = this.#story;
    const content = story?.steps[step];
    if (!story || !content) return;
    this.#step = step;
    const from = this.#progressBefore();
    const total = story.steps.reduce((sum, other) => sum + other.durationS, 0);
    const { status, speed } = this.#stores.story.get();
    const wasPaused = status === "paused";
    this.#stores.story.set({
      step,
      status: wasPaused ? "paused" : "playing",
      caption: content.caption,
      progress: {
        from,
        to: from + content.durationS / total,
        durationS: content.durationS / speed,
      },
    });
    this.#remainingS = content.durationS;
    if (wasPaused) this.#stopTimer();
    else this.#wait(content.durationS);
    void this.#runCommands(content.commands, ++this.#turn);
  }

  async #runCommands(commands: readonly PlainCommand[], turn: number): Promise<void> {
    for (const command of commands) {
      if (turn !== this.#turn) return;
      try {
        await this.#runPlain(atSpeed(command, this.#stores.story.get().speed));
      } catch (error) {
        if (!isAbort(error)) this.#onError(error);
      }
    }
  }

  #wait(seconds: number): void {
    this.#stopTimer();
    this.#remainingS = seconds;
    this.#waitStartS = this.#clock.nowS();
    this.#speed = this.#stores.story.get().speed;
    this.#stopTimer = this.#clock.after(seconds / this.#speed, () => this.next());
  }
}

/** A flight that takes five seconds takes two and a half at twice the speed. */
function atSpeed(command: PlainCommand, speed: number): PlainCommand {
  const { durationS } = command;
  return speed !== 1 && typeof durationS === "number"
    ? { ...command, durationS: durationS / speed }
    : command;
}
