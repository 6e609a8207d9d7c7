import type { Effects } from "./effect.ts";

type RiskCommand =
  | "open-scenario"
  | "close-scenario"
  | "set-water-level"
  | "choose-warning"
  | "play-story"
  | "pause-story"
  | "resume-story"
  | "stop-story"
  | "next-step"
  | "previous-step"
  | "set-story-loop"
  | "set-story-speed";

/** Effects of the commands about scenarios, warnings and stories. */
export const RISK_EFFECTS: Effects<RiskCommand> = {
  "open-scenario": ({ id }, { ports }) => ports.openScenario(id),
  "close-scenario": async (_args, { stores, ports, run }) => {
    const { kind } = stores.selection.get().selection;
    if (kind === "warning" || kind === "sensor") await run({ type: "clear-selection" });
    await ports.closeScenario();
  },
  "set-water-level": async ({ level }, { ports }) => ports.setWaterLevel(level),
  "choose-warning": async ({ id: asked }, { stores, ports, run }) => {
    const id = asked === "worst" ? (stores.risk.get().warnings[0]?.id ?? null) : asked;
    stores.scenario.set({ chosenWarning: id, affected: null });
    if (id === null) {
      if (stores.selection.get().selection.kind === "warning") await run({ type: "clear-selection" });
      return;
    }
    await run({ type: "select", target: { kind: "warning", warningId: id } });
    await ports.showWarning(id);
  },
  "play-story": ({ id }, { ports }) => ports.playStory(id),
  "pause-story": (_args, { ports }) => ports.storyVerb("pause"),
  "resume-story": (_args, { ports }) => ports.storyVerb("resume"),
  "stop-story": (_args, { ports }) => ports.storyVerb("stop"),
  "next-step": (_args, { ports }) => ports.storyVerb("next"),
  "previous-step": (_args, { ports }) => ports.storyVerb("previous"),
  "set-story-loop": ({ loop }, { stores }) => stores.story.set({ loop }),
  "set-story-speed": ({ speed }, { stores }) => stores.story.set({ speed }),
};
