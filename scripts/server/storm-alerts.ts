import type { CapCategory, CapDraft, CapMessage } from "../../src/domain/cap-message.ts";
import { cancelCap, capTime, issueCap, updateCap, writeCap } from "../../src/domain/cap-writer.ts";
import type { AlertScript, AlertStep, StormRecording } from "./storm-recording.ts";

const SENDER = "exercise@liaotwin.example";
/** How long a warning says it holds: longer than a storm, so that the script ends it and not the clock. */
const VALIDITY_MS = 60 * 60_000;

/** A message of a warning's life, ready to publish. */
export interface IssuedAlert {
  readonly identifier: string;
  readonly sentMs: number;
  readonly xml: string;
}

/** Issues the alerts of a recording as the storm's minutes go by, each referring to those before it. */
export class AlertDesk {
  readonly #recording: StormRecording;
  readonly #lastByKey = new Map<string, CapMessage>();

  constructor(recording: StormRecording) {
    this.#recording = recording;
  }

  /** Messages of the steps at exactly this minute of the storm. `sentMs` stamps them. */
  issue(cycleMinute: number, sentMs: number): readonly IssuedAlert[] {
    const issued: IssuedAlert[] = [];
    for (const script of this.#recording.alerts)
      for (const step of script.steps)
        if (step.minute === cycleMinute) issued.push(this.#write(script, step, sentMs));
    return issued;
  }

  #write(script: AlertScript, step: AlertStep, timeMs: number): IssuedAlert {
    const sentMs = Math.floor(timeMs / 1000) * 1000;
    const before = this.#lastByKey.get(script.key);
    const stamp = capTime(sentMs).replace(/\D/g, "").slice(0, 14);
    const issue = {
      identifier: `liaotwin-ex-${this.#recording.city}-${script.key}-${stamp}-${step.msgType.toLowerCase()}`,
      sender: SENDER,
      sentMs,
      source: "SIMULATED 模拟",
      note: "模拟演练, 并非真实预警. Simulated exercise, not a real warning.",
    };
    const draft = draftOf(script, step, sentMs + VALIDITY_MS);
    const message =
      before === undefined || step.msgType === "Alert"
        ? issueCap(draft, issue)
        : step.msgType === "Update"
          ? updateCap(before, draft, issue)
          : cancelCap(before, issue, draft);
    this.#lastByKey.set(script.key, message);
    return { identifier: message.identifier, sentMs, xml: writeCap(message) };
  }
}

function draftOf(script: AlertScript, step: AlertStep, expiresMs: number): CapDraft {
  const isUrgent = step.level <= 2;
  return {
    category: script.category as CapCategory,
    event: script.event,
    level: step.level,
    urgency: isUrgent ? "Immediate" : "Expected",
    certainty: isUrgent ? "Observed" : "Likely",
    responseType: isUrgent ? "Avoid" : "Monitor",
    senderName: script.senderName,
    headline: step.headline,
    description: step.description,
    instruction: step.instruction,
    areaDesc: script.area.desc,
    polygons: [script.area.polygon],
    circles: [],
    expiresMs,
  };
}
