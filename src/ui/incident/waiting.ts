import type { Incident } from "../../domain/incident.ts";
import type { LocalText } from "../../domain/provenance.ts";
import type { EscalationPolicy } from "../../domain/scenario.ts";

/** How long nobody has acknowledged an incident, and whom that calls. */
export interface Waiting {
  readonly waitedMs: number;
  /** Whom the last step called; null before the first. */
  readonly called: LocalText | null;
  /** Whom the next step will call, and when; null at the top or without a policy. */
  readonly next: { readonly role: LocalText; readonly inMs: number } | null;
}

/** Null once it is acknowledged or closed. */
export function waitingOf(
  incident: Pick<Incident, "acknowledged" | "phase" | "escalation" | "waitingSinceMs">,
  policy: EscalationPolicy | undefined,
  nowMs: number,
): Waiting | null {
  const { acknowledged, phase, escalation, waitingSinceMs } = incident;
  if (acknowledged || phase === "close") return null;
  const stepMs = (policy?.afterS ?? 0) * 1000;
  const roleOf = (step: number) => policy?.roles[Math.min(step, policy.roles.length) - 1] ?? null;
  const nextRole = policy && escalation < policy.most ? roleOf(escalation + 1) : null;
  return {
    waitedMs: Math.max(0, nowMs - waitingSinceMs + escalation * stepMs),
    called: escalation > 0 ? roleOf(escalation) : null,
    next: nextRole && { role: nextRole, inMs: Math.max(0, waitingSinceMs + stepMs - nowMs) },
  };
}
