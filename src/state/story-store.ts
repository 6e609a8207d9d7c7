import type { LocalText } from "../domain/provenance.ts";
import { createTwinStore } from "./create-store.ts";

export interface StoryState {
  readonly available: readonly { readonly id: string; readonly title: LocalText }[];
  readonly playing: string | null;
  readonly status: "stopped" | "playing" | "paused";
  readonly step: number;
  readonly steps: number;
  readonly caption: LocalText | null;
  /** 0..1 through the whole story at the start of this step, and the step's share: the bar animates between them by CSS. */
  readonly progress: { readonly from: number; readonly to: number; readonly durationS: number };
  readonly loop: boolean;
  /** Story seconds a second of the audience's time; flights keep their pace with it. */
  readonly speed: number;
}

export function createStoryStore() {
  return createTwinStore<StoryState>(
    "story",
    {
      available: [],
      playing: null,
      status: "stopped",
      step: 0,
      steps: 0,
      caption: null,
      progress: { from: 0, to: 0, durationS: 0 },
      loop: false,
      speed: 1,
    },
    {
      available: "none",
      playing: "none",
      status: "none",
      step: "none",
      steps: "none",
      caption: "none",
      progress: "none",
      loop: "none",
      speed: "none",
    },
  );
}
