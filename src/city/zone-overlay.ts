import {
  Cartesian3,
  Color,
  HorizontalOrigin,
  LabelCollection,
  LabelStyle,
  NearFarScalar,
  PolylineCollection,
  type Primitive,
  VerticalOrigin,
} from "cesium";
import type { Zone } from "../domain/response.ts";
import { ringAreaM2, ringCentroid } from "../geo/polygon.ts";
import type { WeighedLabel } from "./label-clutter.ts";
import type { LabelSource } from "./label-room.ts";
import { CJK_FONT, currentText } from "./label-text.ts";
import type { OverlayMark } from "./picking.ts";
import type { Stage, StagePart } from "./stage.ts";
import { positionsOf } from "./warning-shapes.ts";
import { createZoneFill, zoneInk, zoneLine } from "./zone-looks.ts";

const LINE_HEIGHT = 30;
const LABEL_HEIGHT = 150;

export interface ZoneOverlay extends StagePart, LabelSource {
  set(zones: readonly Zone[]): void;
  setTheme(uiTheme: "night" | "day", accent: string): void;
  choose(zoneId: string | null): void;
  relabel(): void;
}

/** Zones on the ground: outline and hatch by kind, with their titles. Few: everything is made anew on a change. */
export function createZoneOverlay(): ZoneOverlay {
  return new ZoneAreas();
}

class ZoneAreas implements ZoneOverlay {
  #stage: Stage | null = null;
  #zones: readonly Zone[] = [];
  #theme: "night" | "day" = "night";
  #accent = "#3dd6c3";
  #chosen: string | null = null;
  #shown: (Primitive | PolylineCollection | LabelCollection)[] = [];
  #weighed: readonly WeighedLabel[] = [];

  get weighed(): readonly WeighedLabel[] {
    return this.#weighed;
  }

  set(zones: readonly Zone[]): void {
    this.#zones = zones;
    this.#build();
  }

  setTheme(uiTheme: "night" | "day", accent: string): void {
    if (this.#theme === uiTheme && this.#accent === accent) return;
    this.#theme = uiTheme;
    this.#accent = accent;
    this.#build();
  }

  choose(zoneId: string | null): void {
    if (zoneId === this.#chosen) return;
    this.#chosen = zoneId;
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
    this.#shown = [];
    this.#weighed = [];
  }

  #build(): void {
    const stage = this.#stage;
    if (!stage) return;
    for (const part of this.#shown) stage.scene.primitives.remove(part);
    this.#shown = [];
    this.#weighed = [];
    stage.requestRender();
    if (this.#zones.length === 0) return;
    const lines = new PolylineCollection();
    const labels = new LabelCollection({ scene: stage.scene });
    this.#weighed = this.#zones
      .filter(({ ring }) => ring.length >= 3)
      .flatMap((zone) => this.#add(zone, lines, labels) ?? []);
    this.#shown.push(lines, labels);
    for (const part of this.#shown) stage.scene.primitives.add(part);
  }

  #add(zone: Zone, lines: PolylineCollection, labels: LabelCollection): WeighedLabel | null {
    const isChosen = zone.id === this.#chosen;
    const ink = isChosen ? Color.fromCssColorString(this.#accent) : zoneInk(this.#theme);
    const id: OverlayMark = {
      overlay: "live",
      row: -1,
      id: zone.id,
      pick: () => ({ kind: "zone", zoneId: zone.id }),
    };
    const strength = this.#theme === "night" ? 0.24 : 0.28;
    this.#shown.push(
      createZoneFill(zone.ring, zone.kind, ink.withAlpha(isChosen ? strength * 1.4 : strength), id),
    );
    const { width, material } = zoneLine(zone.kind, ink.withAlpha(0.95));
    lines.add({
      positions: positionsOf(zone.ring, LINE_HEIGHT, true),
      width: isChosen ? width + 1.5 : width,
      id,
      material,
    });
    const text = currentText(zone.title);
    if (text === "") return null;
    const { longitudeDeg, latitudeDeg } = ringCentroid(zone.ring);
    const label = labels.add({
      position: Cartesian3.fromDegrees(longitudeDeg, latitudeDeg, LABEL_HEIGHT),
      id,
      text,
      font: `600 15px ${CJK_FONT}`,
      style: LabelStyle.FILL_AND_OUTLINE,
      fillColor: ink,
      outlineColor: Color.fromCssColorString(this.#theme === "night" ? "#0b1016" : "#ffffff").withAlpha(0.92),
      outlineWidth: 5,
      horizontalOrigin: HorizontalOrigin.CENTER,
      verticalOrigin: VerticalOrigin.CENTER,
      disableDepthTestDistance: Number.POSITIVE_INFINITY,
      scaleByDistance: new NearFarScalar(2_000, 1, 60_000, 0.6),
    });
    // an incident of many parts says its name once, on the largest in view; over landmarks, under what is chosen
    const weight = isChosen ? 3_000 : 1_500 + Math.log10(1 + ringAreaM2(zone.ring));
    return { label, weight, nearest: 0, reach: 120_000, group: `${zone.incidentId} ${text}`, drop: 8 };
  }
}
