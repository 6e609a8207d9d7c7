import { putNotice } from "../state/put-notice.ts";
import type { Stores } from "../state/stores.ts";
import type { Effects } from "./effect.ts";
import type { RunCommand } from "./schemas.ts";

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
  "open-scenario": async ({ id, keepView }, { stores, ports, run }) => {
    const wasOpen = stores.scenario.get().active?.id === id;
    await ports.openScenario(id);
    if (!keepView && !wasOpen) await lookAtScenario(stores, run);
  },
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

/** Flies to what the open scenario is about, and offers the way back. */
async function lookAtScenario(stores: Stores, run: RunCommand): Promise<void> {
  const { active } = stores.scenario.get();
  const view = active?.view?.[stores.city.get().city];
  if (!active || !view) return;
  const before = stores.camera.get().observed;
  await run({ type: "fly-to", ...view });
  if (!before || stores.ui.get().mode === "present") return;
  const { longitudeDeg, latitudeDeg, height, headingDeg, pitchDeg } = before;
  const name = stores.ui.get().locale === "en" ? active.title.en : active.title.zh;
  putNotice(stores, {
    tone: "info",
    key: "scenario.looked",
    params: { name },
    action: {
      key: "scenario.lookBack",
      commands: [{ type: "fly-to", longitudeDeg, latitudeDeg, height, headingDeg, pitchDeg }],
    },
  });
}
