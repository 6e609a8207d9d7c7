import type { LocalText } from "./provenance.ts";

/** A command as plain data. */
export interface PlainCommand {
  readonly type: string;
  readonly [argument: string]: unknown;
}

/** A story: `public/stories/<id>.json`, validated by `parseStory`. Steps of commands with captions and durations. */
export interface Story {
  readonly id: string;
  readonly version: 1;
  readonly title: LocalText;
  readonly loop: boolean;
  readonly steps: readonly StoryStep[];
}

export interface StoryStep {
  readonly caption: LocalText;
  /** Run one after another at the start of the step. */
  readonly commands: readonly PlainCommand[];
  /** Seconds until the next step. */
  readonly durationS: number;
}
