import {
  Cartesian2,
  Cartesian3,
  Color,
  DistanceDisplayCondition,
  HorizontalOrigin,
  LabelCollection,
  LabelStyle,
  Material,
  NearFarScalar,
  PolylineCollection,
  VerticalOrigin,
} from "cesium";
import type { BaseMapData, BasePoint } from "./base-map-data.ts";
import { declutter, type WeighedLabel } from "./label-clutter.ts";
import { CJK_FONT, isChinese, spaceOut } from "./label-text.ts";
import type { Stage, StagePart } from "./stage.ts";

interface LabelInk {
  readonly district: string;
  readonly landmark: string;
  readonly station: string;
  readonly halo: string;
}

const INKS: Readonly<Record<"night" | "day", LabelInk>> = {
  night: { district: "#c3d0dc", landmark: "#e8eef4", station: "#9fb0bf", halo: "#0b1016" },
  day: { district: "#3b4753", landmark: "#16202a", station: "#4a5764", halo: "#ffffff" },
};

export interface CityLabels extends StagePart {
  setData(data: BaseMapData | null): void;
  setTheme(theme: "night" | "day"): void;
  relabel(): void;
  /** Once a tick; looks for room at most every 160 ms while the camera moves. */
  follow(nowMs: number, isMoving: boolean): void;
}

const DECLUTTER_EVERY_MS = 160;

interface NamedPlace {
  readonly name: string;
  readonly nameEn: string;
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly height: number;
}

/** Middle of a district's largest ring by area; good enough for a name. */
export function districtPlaces(data: BaseMapData): NamedPlace[] {
  return data.shapes
    .filter((shape) => shape.kind === "district" && shape.isArea && shape.name !== "")
    .map((shape) => {
      let best = { area: 0, x: 0, y: 0 };
      for (const part of shape.parts) {
        let [area, x, y] = [0, 0, 0];
        for (let k = 0; k < part.length; k += 2) {
          const [x0, y0] = [part[k]!, part[k + 1]!];
          const [x1, y1] = [part[(k + 2) % part.length]!, part[(k + 3) % part.length]!];
          const cross = x0 * y1 - x1 * y0;
          area += cross;
          x += (x0 + x1) * cross;
          y += (y0 + y1) * cross;
        }
        if (Math.abs(area) > Math.abs(best.area)) best = { area, x: x / (3 * area), y: y / (3 * area) };
      }
      return {
        name: shape.name,
        nameEn: shape.nameEn || shape.name,
        longitudeDeg: data.originLongitudeDeg + best.x / data.metersPerDegEast,
        latitudeDeg: data.originLatitudeDeg + best.y / data.metersPerDegNorth,
        height: 0,
      };
    });
}

/** District names over the ground, landmark names on stems over their roofs, stations when near. Few, and fading. */
export function createCityLabels(): CityLabels {
  let stage: Stage | null = null;
  let data: BaseMapData | null = null;
  let theme: "night" | "day" = "night";
  let labels: LabelCollection | null = null;
  let stems: PolylineCollection | null = null;
  let weighed: WeighedLabel[] = [];
  let checkedMs = 0;
  let isDirty = true;

  const nameOf = (place: NamedPlace): string => (isChinese() ? place.name : place.nameEn || place.name);

  const addDistrict = (target: LabelCollection, place: NamedPlace, ink: LabelInk): void => {
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
    weighed.push({ label, weight: 500, nearest: 2_600, reach: 90_000 });
  };

  const addLandmark = (
    target: LabelCollection,
    lines: PolylineCollection,
    place: BasePoint,
    ink: LabelInk,
  ): void => {
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
    weighed.push({ label, weight: 600 + place.height, nearest: 0, reach: 8_600, onShow });
  };

  const addStation = (target: LabelCollection, place: BasePoint, ink: LabelInk): void => {
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
    weighed.push({ label, weight: 100, nearest: 0, reach: 1_700 });
  };

  const clear = (): void => {
    for (const part of [labels, stems]) if (part && stage) stage.scene.primitives.remove(part);
    labels = null;
    stems = null;
    weighed = [];
  };

  const build = (): void => {
    clear();
    if (!stage || !data) return;
    labels = new LabelCollection({ scene: stage.scene });
    stems = new PolylineCollection();
    const ink = INKS[theme];
    for (const place of districtPlaces(data)) addDistrict(labels, place, ink);
    for (const point of data.points) {
      if (point.kind === "label") addLandmark(labels, stems, point, ink);
      else if (point.kind === "station") addStation(labels, point, ink);
    }
    weighed.sort((a, b) => b.weight - a.weight);
    isDirty = true;
    stage.scene.primitives.add(stems);
    stage.scene.primitives.add(labels);
    stage.requestRender();
  };

  return {
    setData(next) {
      data = next;
      build();
    },
    setTheme(next) {
      if (next === theme) return;
      theme = next;
      build();
    },
    relabel: build,
    follow(nowMs, isMoving) {
      isDirty ||= isMoving;
      if (!stage || !isDirty || (isMoving && nowMs - checkedMs < DECLUTTER_EVERY_MS)) return;
      checkedMs = nowMs;
      isDirty = isMoving;
      if (declutter(stage.scene, weighed)) stage.requestRender();
    },
    attach(next) {
      stage = next;
      build();
    },
    detach() {
      stage = null;
      labels = null;
      stems = null;
      weighed = [];
    },
  };
}
