import type { LocalText } from "../domain/provenance.ts";
import type { PlainCommand } from "../domain/story.ts";
import { parseStory } from "../domain/story-parser.ts";
import type { Mode } from "../state/stores.ts";
import { fetchJson } from "./fetch-json.ts";
import type { WireParts } from "./parts.ts";
import { StoryPlayer } from "./story-player.ts";

export interface StoryWire {
  loadIndex(): Promise<void>;
  playStory(id: string): Promise<void>;
  storyVerb(verb: "pause" | "resume" | "stop" | "next" | "previous"): void;
}

/** Stories of the presenter. Playing hides the chrome; stopping gives back the mode from before. */
export function wireStory(
  { stores, scope, baseUrl }: WireParts,
  runPlain: (command: unknown) => Promise<void>,
  onError: (error: unknown, command?: PlainCommand) => void,
): StoryWire {
  const player = new StoryPlayer(stores, runPlain, onError);
  let modeBefore: Mode = "explore";
  scope.add(() => player.stop());
  scope.add(
    stores.ui.watch(
      (s) => s.mode,
      (mode) => {
        if (mode !== "present" && stores.story.get().playing) player.stop();
      },
    ),
  );
  scope.add(
    stores.story.watch(
      (s) => s.status,
      (status) => {
        if (status === "stopped" && stores.ui.get().mode === "present") stores.ui.set({ mode: modeBefore });
      },
    ),
  );
  scope.add(
    stores.story.watch(
      (s) => s.speed,
      () => player.keepPace(),
    ),
  );
  return {
    loadIndex: async () => {
      const index = await fetchJson<{ stories: { id: string; title: LocalText }[] }>(
        `${baseUrl}stories/index.json`,
      );
      stores.story.set({ available: index.stories });
    },
    playStory: async (id) => {
      const story = parseStory(await fetchJson<unknown>(`${baseUrl}stories/${id}.json`));
      if (stores.ui.get().mode !== "present") modeBefore = stores.ui.get().mode;
      stores.ui.set({ mode: "present", overlay: "none" });
      player.play(story);
    },
    storyVerb: (verb) => player[verb](),
  };
}
