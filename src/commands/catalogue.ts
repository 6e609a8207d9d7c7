import type { Effects } from "./effect.ts";
import { INCIDENT_EFFECTS } from "./incident-effects.ts";
import { MODEL_EFFECTS } from "./model-effects.ts";
import { READING_EFFECTS } from "./reading-effects.ts";
import { RISK_EFFECTS } from "./risk-effects.ts";
import { VIEW_EFFECTS } from "./view-effects.ts";

/** The effect of every command; a type without an effect does not compile. */
export const EFFECTS: Effects = {
  ...VIEW_EFFECTS,
  ...MODEL_EFFECTS,
  ...RISK_EFFECTS,
  ...READING_EFFECTS,
  ...INCIDENT_EFFECTS,
};
