import { LabelCollection, PolylineCollection } from "cesium";
import type { BaseMapData } from "./base-map-data.ts";
import { districtPlaces } from "./district-places.ts";
import { declutter, type WeighedLabel } from "./label-clutter.ts";
import { addDistrict, addLandmark, addStation, LABEL_INKS } from "./label-writing.ts";
import type { Stage, StagePart } from "./stage.ts";

export interface CityLabels extends StagePart {
  setData(data: BaseMapData | null): void;
  setTheme(theme: "night" | "day"): void;
  relabel(): void;
  /** Once a tick; looks for room at most every 160 ms while the camera moves. */
  follow(nowMs: number, isMoving: boolean): void;
}

const DECLUTTER_EVERY_MS = 160;

/** District names over the ground, landmark names on stems over their roofs, stations when near. Few, and fading. */
export function createCityLabels(): CityLabels {
  return new PlaceNames();
}

class PlaceNames implements CityLabels {
  #stage: Stage | null = null;
  #data: BaseMapData | null = null;
  #theme: "night" | "day" = "night";
  #labels: LabelCollection | null = null;
  #stems: PolylineCollection | null = null;
  #weighed: WeighedLabel[] = [];
  #checkedMs = 0;
  #isDirty = true;

  setData(data: BaseMapData | null): void {
    this.#data = data;
    this.#build();
  }

  setTheme(theme: "night" | "day"): void {
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#build();
  }

  relabel(): void {
    this.#build();
  }

  follow(nowMs: number, isMoving: boolean): void {
    this.#isDirty ||= isMoving;
    if (!this.#stage || !this.#isDirty) return;
    if (isMoving && nowMs - this.#checkedMs < DECLUTTER_EVERY_MS) return;
    this.#checkedMs = nowMs;
    this.#isDirty = isMoving;
    if (declutter(this.#stage.scene, this.#weighed)) this.#stage.requestRender();
  }

  attach(stage: Stage): void {
    this.#stage = stage;
    this.#build();
  }

  detach(): void {
    this.#stage = null;
    this.#forget();
  }

  #forget(): void {
    this.#labels = null;
    this.#stems = null;
    this.#weighed = [];
  }

  #clear(): void {
    for (const part of [this.#labels, this.#stems])
      if (part && this.#stage) this.#stage.scene.primitives.remove(part);
    this.#forget();
  }

  #build(): void {
    this.#clear();
    if (!this.#stage || !this.#data) return;
    const { scene } = this.#stage;
    const labels = new LabelCollection({ scene });
    const stems = new PolylineCollection();
    this.#labels = labels;
    this.#stems = stems;
    this.#weighed = writeLabels(this.#data, this.#theme, labels, stems);
    this.#isDirty = true;
    scene.primitives.add(stems);
    scene.primitives.add(labels);
    this.#stage.requestRender();
  }
}

/** Weightiest first. */
function writeLabels(
  data: BaseMapData,
  theme: "night" | "day",
  labels: LabelCollection,
  stems: PolylineCollection,
): WeighedLabel[] {
  const ink = LABEL_INKS[theme];
  const weighed = districtPlaces(data).map((place) => addDistrict(labels, place, ink));
  for (const point of data.points) {
    if (point.kind === "label") weighed.push(addLandmark(labels, stems, point, ink));
    else if (point.kind === "station") weighed.push(addStation(labels, point, ink));
  }
  return weighed.sort((a, b) => b.weight - a.weight);
}
