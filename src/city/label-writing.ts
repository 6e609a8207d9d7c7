import {
  Cartesian2,
  Cartesian3,
  Color,
  DistanceDisplayCondition,
  HorizontalOrigin,
  type LabelCollection,
  LabelStyle,
  Material,
  NearFarScalar,
  type PolylineCollection,
  VerticalOrigin,
} from "cesium";
import type { BasePoint } from "./base-map-data.ts";
import type { NamedPlace } from "./district-places.ts";
import type { WeighedLabel } from "./label-clutter.ts";
import { CJK_FONT, isChinese, spaceOut } from "./label-text.ts";

export interface LabelInk {
  readonly district: string;
  readonly landmark: string;
  readonly station: string;
  readonly halo: string;
}

export const LABEL_INKS: Readonly<Record<"night" | "day", LabelInk>> = {
  night: { district: "#c3d0dc", landmark: "#e8eef4", station: "#9fb0bf", halo: "#0b1016" },
  day: { district: "#3b4753", landmark: "#16202a", station: "#4a5764", halo: "#ffffff" },
};

function nameOf(place: NamedPlace): string {
  return isChinese() ? place.name : place.nameEn || place.name;
}

/** Over the ground, fading as the camera comes down into the district. */
export function addDistrict(target: LabelCollection, place: NamedPlace, ink: LabelInk): WeighedLabel {
  const label = target.add({
    position: Cartesian3.fromDegrees(place.longitudeDeg, place.latitudeDeg, 90),
    text: spaceOut(nameOf(place)),
    font: `500 17px ${CJK_FONT}`,
    style: LabelStyle.FILL_AND_OUTLINE,
    fillColor: Color.fromCssColorString(ink.district),
    outlineColor: Color.fromCssColorString(ink.halo).withAlpha(0.8),
    outlineWidth: 5,
    horizontalOrigin: HorizontalOrigin.CENTER,
    verticalOrigin: VerticalOrigin.CENTER,
    disableDepthTestDistance: Number.POSITIVE_INFINITY,
    translucencyByDistance: new NearFarScalar(2_500, 0, 6_500, 0.9),
    scaleByDistance: new NearFarScalar(6_000, 1, 60_000, 0.6),
  });
  return { label, weight: 500, nearest: 2_600, reach: 90_000 };
}

/** On a stem over its roof. */
export function addLandmark(
  target: LabelCollection,
  lines: PolylineCollection,
  place: BasePoint,
  ink: LabelInk,
): WeighedLabel {
  const roof = Math.max(place.height, 12);
  const top = roof + 26 + roof * 0.08;
  const fade = new NearFarScalar(6_500, 1, 8_800, 0);
  const label = target.add({
    position: Cartesian3.fromDegrees(place.longitudeDeg, place.latitudeDeg, top),
    text: nameOf(place),
    font: `500 14px ${CJK_FONT}`,
    style: LabelStyle.FILL_AND_OUTLINE,
    fillColor: Color.fromCssColorString(ink.landmark),
    outlineColor: Color.fromCssColorString(ink.halo).withAlpha(0.92),
    outlineWidth: 5,
    horizontalOrigin: HorizontalOrigin.CENTER,
    verticalOrigin: VerticalOrigin.BOTTOM,
    pixelOffset: new Cartesian2(0, -3),
    disableDepthTestDistance: Number.POSITIVE_INFINITY,
    translucencyByDistance: fade,
  });
  const stem = lines.add({
    positions: [
      Cartesian3.fromDegrees(place.longitudeDeg, place.latitudeDeg, roof),
      Cartesian3.fromDegrees(place.longitudeDeg, place.latitudeDeg, top),
    ],
    width: 1,
    distanceDisplayCondition: new DistanceDisplayCondition(0, 6_500),
    material: Material.fromType("Color", { color: Color.fromCssColorString(ink.landmark).withAlpha(0.5) }),
  });
  const onShow = (shown: boolean) => {
    stem.show = shown;
  };
  return { label, weight: 600 + place.height, nearest: 0, reach: 8_600, onShow };
}

/** Small, and only when near. */
export function addStation(target: LabelCollection, place: BasePoint, ink: LabelInk): WeighedLabel {
  const label = target.add({
    position: Cartesian3.fromDegrees(place.longitudeDeg, place.latitudeDeg, 8),
    text: nameOf(place),
    font: `400 12px ${CJK_FONT}`,
    style: LabelStyle.FILL_AND_OUTLINE,
    fillColor: Color.fromCssColorString(ink.station),
    outlineColor: Color.fromCssColorString(ink.halo).withAlpha(0.9),
    outlineWidth: 4,
    horizontalOrigin: HorizontalOrigin.CENTER,
    verticalOrigin: VerticalOrigin.BOTTOM,
    translucencyByDistance: new NearFarScalar(900, 1, 1_700, 0),
  });
  return { label, weight: 100, nearest: 0, reach: 1_700 };
}
