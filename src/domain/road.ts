/** Classes of roads in `base.json`; the position is the code in road graphs. */
export const ROAD_CLASSES = ["motorway", "trunk", "primary", "secondary", "residential"] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

/**
 * Speed of a vehicle on its way to an incident, km/h, signals and turns included. Demonstration figures from memory, to be
 * replaced by measured ones: nothing but travel times depends on them.
 */
export const ROAD_SPEEDS_KMH: Readonly<Record<RoadClass, number>> = {
  motorway: 80,
  trunk: 55,
  primary: 42,
  secondary: 34,
  residential: 22,
};

/** From a place to the nearest road and from the road to a place: yards, gates, lanes that the graph does not know. */
export const OFF_ROAD_SPEED_KMH = 8;
