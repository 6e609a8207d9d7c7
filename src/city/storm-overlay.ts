import {
  Cartesian2,
  Cartesian3,
  Color,
  HorizontalOrigin,
  LabelCollection,
  LabelStyle,
  Material,
  PointPrimitiveCollection,
  PolylineCollection,
  VerticalOrigin,
} from "cesium";
import { currentPoint, type StormTrack, type StormTrackPoint } from "../domain/storm-track.ts";
import { CJK_FONT, currentText, isChinese } from "./label-text.ts";
import type { OverlayMark } from "./picking.ts";
import type { Stage, StagePart } from "./stage.ts";
import { reachRing, STORM_STEPS, STORM_WORDS } from "./storm-rings.ts";
import { ringOfCircle } from "./warning-rings.ts";
import { positionsOf } from "./warning-shapes.ts";

const HEIGHT = 60;
const INKS = { night: "#f2f6fa", day: "#16222d" } as const;
/** A time is written at every so many points at least, so that labels do not lie on one another. */
const LABEL_EVERY = 4;

export interface StormOverlay extends StagePart {
  set(tracks: readonly StormTrack[], nowMs: number): void;
  setTheme(uiTheme: "night" | "day", accent: string): void;
  relabel(): void;
}

type Removable = PolylineCollection | PointPrimitiveCollection | LabelCollection;

/** Ways of tropical cyclones: what was as a line, what is forecast dashed, strength by the size of its points. */
export function createStormOverlay(): StormOverlay {
  return new StormWays();
}

class StormWays implements StormOverlay {
  #stage: Stage | null = null;
  #tracks: readonly StormTrack[] = [];
  #nowMs = 0;
  #theme: "night" | "day" = "night";
  #shown: Removable[] = [];

  set(tracks: readonly StormTrack[], nowMs: number): void {
    this.#tracks = tracks;
    this.#nowMs = nowMs;
    this.#build();
  }

  setTheme(uiTheme: "night" | "day"): void {
    if (this.#theme === uiTheme) return;
    this.#theme = uiTheme;
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
  }

  #build(): void {
    const stage = this.#stage;
    if (!stage) return;
    for (const part of this.#shown) stage.scene.primitives.remove(part);
    this.#shown = [];
    stage.requestRender();
    if (this.#tracks.length === 0) return;
    const lines = new PolylineCollection();
    const points = new PointPrimitiveCollection();
    const labels = new LabelCollection({ scene: stage.scene });
    for (const track of this.#tracks) this.#add(track, lines, points, labels);
    this.#shown.push(lines, points, labels);
    for (const part of this.#shown) stage.scene.primitives.add(part);
  }

  #add(
    track: StormTrack,
    lines: PolylineCollection,
    points: PointPrimitiveCollection,
    labels: LabelCollection,
  ): void {
    const ink = Color.fromCssColorString(INKS[this.#theme]);
    const now = Math.max(0, currentPoint(track, this.#nowMs));
    const past = track.points.slice(0, now + 1);
    const ahead = track.points.slice(now);
    const way = (some: readonly StormTrackPoint[]) =>
      positionsOf(
        some.map((one) => [one.longitudeDeg, one.latitudeDeg] as const),
        HEIGHT,
        false,
      );
    if (past.length > 1)
      lines.add({
        positions: way(past),
        width: 3,
        material: Material.fromType("Color", { color: ink.withAlpha(0.9) }),
      });
    if (ahead.length > 1)
      lines.add({
        positions: way(ahead),
        width: 2.5,
        material: Material.fromType("PolylineDash", { color: ink.withAlpha(0.75), dashLength: 16 }),
      });
    track.points.forEach((point, k) => {
      this.#addPoint(track, point, k, k === now, points, labels);
    });
    const current = track.points[now];
    if (current) this.#addReach(current, lines, ink);
    for (const point of ahead)
      if (point.probableRadius !== null)
        this.#ring(
          ringOfCircle({ ...point, radius: point.probableRadius }),
          lines,
          ink.withAlpha(0.45),
          1.5,
          10,
        );
  }

  /** Gale and storm reach at the present centre: the inner, stronger one thick. */
  #addReach(point: StormTrackPoint, lines: PolylineCollection, ink: Color): void {
    const { longitudeDeg, latitudeDeg, reach30Kn, reach50Kn } = point;
    if (reach30Kn)
      this.#ring(reachRing(longitudeDeg, latitudeDeg, reach30Kn), lines, ink.withAlpha(0.7), 2, 0);
    if (reach50Kn)
      this.#ring(reachRing(longitudeDeg, latitudeDeg, reach50Kn), lines, ink.withAlpha(0.95), 4, 0);
  }

  #ring(
    ring: readonly (readonly [number, number])[],
    lines: PolylineCollection,
    color: Color,
    width: number,
    dashLength: number,
  ): void {
    const material =
      dashLength === 0
        ? Material.fromType("Color", { color })
        : Material.fromType("PolylineDash", { color, dashLength });
    lines.add({ positions: positionsOf(ring, HEIGHT, true), width, material });
  }

  #addPoint(
    track: StormTrack,
    point: StormTrackPoint,
    k: number,
    isCurrent: boolean,
    points: PointPrimitiveCollection,
    labels: LabelCollection,
  ): void {
    const ink = Color.fromCssColorString(INKS[this.#theme]);
    const rim = Color.fromCssColorString(this.#theme === "night" ? "#0b1016" : "#ffffff");
    const position = Cartesian3.fromDegrees(point.longitudeDeg, point.latitudeDeg, HEIGHT);
    const id: OverlayMark = {
      overlay: "live",
      row: -1,
      id: track.id,
      pick: () => ({ kind: "storm", stormId: track.id, point: k }),
    };
    points.add({
      position,
      id,
      pixelSize: 5 + 2 * STORM_STEPS[point.grade] + (isCurrent ? 5 : 0),
      color: point.isForecast ? rim.withAlpha(0.7) : ink,
      outlineColor: point.isForecast ? ink : rim,
      outlineWidth: point.isForecast ? 2 : 1.5,
      disableDepthTestDistance: Number.POSITIVE_INFINITY,
    });
    if (!isCurrent && k % LABEL_EVERY !== 0) return;
    const time = timeWord(point.timeMs);
    const grade = isChinese() ? STORM_WORDS[point.grade].zh : STORM_WORDS[point.grade].en;
    labels.add({
      position,
      id,
      text: isCurrent ? `${currentText(track.name)} · ${grade}\n${time}` : time,
      font: `${isCurrent ? 600 : 400} ${isCurrent ? 15 : 12}px ${CJK_FONT}`,
      style: LabelStyle.FILL_AND_OUTLINE,
      fillColor: ink,
      outlineColor: rim.withAlpha(0.92),
      outlineWidth: 4,
      horizontalOrigin: HorizontalOrigin.LEFT,
      verticalOrigin: VerticalOrigin.CENTER,
      pixelOffset: new Cartesian2(isCurrent ? 20 : 12, 0),
      disableDepthTestDistance: Number.POSITIVE_INFINITY,
    });
  }
}

/** Day and hour in Beijing, as storm tracks are written: `10日08时`. */
function timeWord(timeMs: number): string {
  const date = new Date(timeMs + 8 * 3_600_000);
  const [day, hour] = [date.getUTCDate(), String(date.getUTCHours()).padStart(2, "0")];
  return isChinese() ? `${day}日${hour}时` : `${day}, ${hour}:00`;
}
