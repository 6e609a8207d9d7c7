import { capReference, capTime, writeCapAlert } from "./cap-writer.ts";
import type { AlertScript, AlertStep, StormRecording } from "./storm-recording.ts";

/** How long a warning says it holds: longer than a storm, so that the script ends it and not the clock. */
const VALIDITY_MS = 60 * 60_000;

/** A message of a warning's life, ready to publish. */
export interface IssuedAlert {
  readonly identifier: string;
  readonly sentMs: number;
  readonly xml: string;
}

/** Issues the alerts of a recording as the storm's minutes go by, each referring to the one before it. */
export class AlertDesk {
  readonly #recording: StormRecording;
  readonly #lastByKey = new Map<string, { readonly identifier: string; readonly sentMs: number }>();

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
    const before = step.msgType === "Alert" ? undefined : this.#lastByKey.get(script.key);
    const stamp = capTime(sentMs).replace(/\D/g, "").slice(0, 14);
    const identifier = `liaotwin-ex-${this.#recording.city}-${script.key}-${stamp}-${step.msgType.toLowerCase()}`;
    this.#lastByKey.set(script.key, { identifier, sentMs });
    const xml = writeCapAlert({
      identifier,
      sentMs,
      expiresMs: sentMs + VALIDITY_MS,
      references: before === undefined ? [] : [capReference(before.identifier, before.sentMs)],
      script,
      step,
    });
    return { identifier, sentMs, xml };
  }
}
