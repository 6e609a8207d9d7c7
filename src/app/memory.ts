import type { Scope } from "../base/scope.ts";
import type { PlainCommand } from "../domain/story.ts";
import { EventStore } from "../local/event-store.ts";
import type { Stores } from "../state/stores.ts";
import type { FileDesk } from "../wiring/file-desk.ts";
import { LogDesk, storageError } from "../wiring/log-desk.ts";
import { wirePackages } from "../wiring/package-desk.ts";
import type { WireParts } from "../wiring/parts.ts";
import type { UnitRecorder } from "../wiring/unit-recorder.ts";
import { wireRecording } from "../wiring/wire-recording.ts";
import type { ResponseWire } from "../wiring/wire-response.ts";
import type { RiskWire } from "../wiring/wire-risk.ts";
import type { ScenarioWire } from "../wiring/wire-scenario.ts";
import { wireTimeline } from "../wiring/wire-timeline.ts";
import type { ZoneLogWire } from "../wiring/zone-desk.ts";

/** The log of this origin; when it cannot be kept, one sentence says so and work goes on. */
export function openLog(stores: Stores, scope: Scope, onError: (error: unknown) => void): LogDesk {
  const desk = new LogDesk(EventStore.open(), {
    onStorage: (storage, error) => {
      stores.timeline.set({ storage });
      if (storage === "failed") onError(storageError(error));
    },
    ...(globalThis.BroadcastChannel && { channel: new BroadcastChannel("liaotwin-log") }),
  });
  scope.add(() => void desk.dispose());
  return desk;
}

interface MemoryTools {
  readonly events: LogDesk;
  readonly risk: RiskWire;
  readonly scenario: ScenarioWire;
  readonly units: ResponseWire;
  readonly zones: ZoneLogWire;
  readonly unitRecorder: UnitRecorder;
  readonly files: FileDesk;
  readonly pickFiles: (accept: string, onFiles: (files: readonly File[]) => void) => void;
  readonly onRan: (fn: (command: PlainCommand) => void) => () => void;
}

/** Recording, the timeline and incident packages. */
export function wireMemory(parts: WireParts, tools: MemoryTools) {
  const { events, risk, scenario, units, zones, unitRecorder, files, onRan, pickFiles } = tools;
  wireRecording(parts, { desk: events, risk, unitRecorder, onRan });
  const timeline = wireTimeline(parts, { desk: events, risk, scenario, units, zones });
  const open = ([file]: readonly File[]) => {
    if (file) void parts.run({ type: "import-package", source: files.leave(file) });
  };
  const packages = wirePackages(parts, { timeline, files, chooseFile: () => pickFiles(".zip", open) });
  return { ...timeline, ...packages };
}
