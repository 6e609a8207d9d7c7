import { data as dataEn } from "./en/data.ts";
import { duty as dutyEn } from "./en/duty.ts";
import { incident as incidentEn } from "./en/incident.ts";
import { onemap as onemapEn } from "./en/onemap.ts";
import { place as placeEn } from "./en/place.ts";
import { reading as readingEn } from "./en/reading.ts";
import { response as responseEn } from "./en/response.ts";
import { terrain as terrainEn } from "./en/terrain.ts";
import { timeline as timelineEn } from "./en/timeline.ts";
import { data } from "./zh-CN/data.ts";
import { duty } from "./zh-CN/duty.ts";
import { incident } from "./zh-CN/incident.ts";
import { onemap } from "./zh-CN/onemap.ts";
import { place } from "./zh-CN/place.ts";
import { reading } from "./zh-CN/reading.ts";
import { response } from "./zh-CN/response.ts";
import { terrain } from "./zh-CN/terrain.ts";
import { timeline } from "./zh-CN/timeline.ts";

/** Words of panels that are not on the first screen: they arrive after it, with the panels. */
export const zhLate = {
  ...incident,
  ...duty,
  ...timeline,
  ...response,
  ...data,
  ...reading,
  ...place,
  ...terrain,
  ...onemap,
} as const;

export const enLate: Readonly<Record<keyof typeof zhLate, string>> = {
  ...incidentEn,
  ...dutyEn,
  ...timelineEn,
  ...responseEn,
  ...dataEn,
  ...readingEn,
  ...placeEn,
  ...terrainEn,
  ...onemapEn,
};
