import { LabelCollection, PolylineCollection } from "cesium";
import type { BaseMapData } from "./base-map-data.ts";
import { districtPlaces } from "./district-places.ts";
import type { WeighedLabel } from "./label-clutter.ts";
import type { LabelSource } from "./label-room.ts";
import { addDistrict, addLandmark, addStation, LABEL_INKS } from "./label-writing.ts";
import type { Stage, StagePart } from "./stage.ts";

export interface CityLabels extends StagePart, LabelSource {
  setData(data: BaseMapData | null): void;
  setTheme(theme: "night" | "day"): void;
  relabel(): void;
}

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
  #weighed: readonly WeighedLabel[] = [];

  get weighed(): readonly WeighedLabel[] {
    return this.#weighed;
  }

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
    scene.primitives.add(stems);
    scene.primitives.add(labels);
    this.#stage.requestRender();
  }
}

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
  return weighed;
}
