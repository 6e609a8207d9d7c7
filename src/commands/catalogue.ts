import { DATA_EFFECTS } from "./data-effects.ts";
import { DUTY_EFFECTS } from "./duty-effects.ts";
import type { Effects } from "./effect.ts";
import { FEED_EFFECTS } from "./feed-effects.ts";
import { INCIDENT_EFFECTS } from "./incident-effects.ts";
import { MAP_EFFECTS } from "./map-effects.ts";
import { MODEL_EFFECTS } from "./model-effects.ts";
import { PLACE_EFFECTS } from "./place-effects.ts";
import { READING_EFFECTS } from "./reading-effects.ts";
import { RESPONSE_EFFECTS } from "./response-effects.ts";
import { RISK_EFFECTS } from "./risk-effects.ts";
import { TERRAIN_EFFECTS } from "./terrain-effects.ts";
import { TIMELINE_EFFECTS } from "./timeline-effects.ts";
import { VIEW_EFFECTS } from "./view-effects.ts";
import { ZONE_EFFECTS } from "./zone-effects.ts";

/** The effect of every command; a type without an effect does not compile. */
export const EFFECTS: Effects = {
  ...VIEW_EFFECTS,
  ...MODEL_EFFECTS,
  ...RISK_EFFECTS,
  ...FEED_EFFECTS,
  ...INCIDENT_EFFECTS,
  ...TIMELINE_EFFECTS,
  ...ZONE_EFFECTS,
  ...RESPONSE_EFFECTS,
  ...DUTY_EFFECTS,
  ...DATA_EFFECTS,
  ...READING_EFFECTS,
  ...PLACE_EFFECTS,
  ...TERRAIN_EFFECTS,
  ...MAP_EFFECTS,
};
