import {
  type Billboard,
  BillboardCollection,
  BlendOption,
  BufferPoint,
  BufferPointCollection,
  Cartesian3,
  HorizontalOrigin,
  NearFarScalar,
  type Polyline,
  PolylineCollection,
  VerticalOrigin,
} from "cesium";
import { NO_DATA_LEVEL, type SensorUpdate, type WarningLevel } from "../domain/risk.ts";
import type { OverlayMark } from "./picking.ts";
import { SensorInk } from "./sensor-ink.ts";
import type { Stage, StagePart } from "./stage.ts";

/** Normal sensors float this far above ground at least, warned ones higher, so that roofs hide fewer of them. */
const NORMAL_LIFT = 14;
const WARNED_LIFT = 95;

export interface SensorOverlay extends StagePart {
  set(positions: Float64Array, kinds: Uint8Array): void;
  update(update: SensorUpdate): void;
  setVisible(visible: boolean): void;
  setTheme(uiTheme: "night" | "day", accent: string): void;
  choose(row: number | null): void;
  readonly warnedCount: number;
  readonly count: number;
}

interface Marks {
  readonly points: BufferPointCollection;
  readonly billboards: BillboardCollection;
  readonly stems: PolylineCollection;
  readonly warnedOfRow: Map<number, { readonly billboard: Billboard; readonly stem: Polyline }>;
}

function isWarned(level: number): level is WarningLevel {
  return level >= 1 && level <= 4;
}

/** Normal sensors are quiet points in one buffer; warned ones are shaped marks on stems. No entities. */
export function createSensorOverlay(): SensorOverlay {
  return new SensorMarks();
}

class SensorMarks implements SensorOverlay {
  #stage: Stage | null = null;
  #marks: Marks | null = null;
  #positions = new Float64Array(0);
  #levels = new Uint8Array(0);
  #visible = true;
  #chosen: number | null = null;
  readonly #ink = new SensorInk();
  readonly #flyweight = new BufferPoint();

  get warnedCount(): number {
    return this.#marks?.warnedOfRow.size ?? 0;
  }

  get count(): number {
    return this.#levels.length;
  }

  set(positions: Float64Array): void {
    this.#positions = positions.slice();
    this.#levels = new Uint8Array(positions.length / 3).fill(NO_DATA_LEVEL);
    this.#chosen = null;
    this.#build();
  }

  update(update: SensorUpdate): void {
    for (let k = 0; k < update.rows.length; k++) {
      const row = update.rows[k]!;
      const level = update.levels[k]!;
      if (row >= this.#levels.length || this.#levels[row] === level) continue;
      this.#levels[row] = level;
      if (this.#marks) this.#applyRow(this.#marks, row);
    }
    this.#stage?.requestRender();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (this.#marks) for (const part of collectionsOf(this.#marks)) part.show = visible;
    this.#stage?.requestRender();
  }

  setTheme(uiTheme: "night" | "day", accent: string): void {
    if (this.#ink.theme === uiTheme && this.#ink.accent === accent) return;
    this.#ink.theme = uiTheme;
    this.#ink.accent = accent;
    this.#build();
  }

  choose(row: number | null): void {
    if (row === this.#chosen) return;
    const before = this.#chosen;
    this.#chosen = row;
    if (!this.#marks) return;
    for (const one of [before, row])
      if (one !== null && one < this.#levels.length) this.#applyRow(this.#marks, one);
    this.#stage?.requestRender();
  }

  attach(stage: Stage): void {
    this.#stage = stage;
    this.#build();
  }

  detach(): void {
    this.#stage = null;
    this.#marks = null;
  }

  #placeOf(row: number, lift: number): Cartesian3 {
    const positions = this.#positions;
    return Cartesian3.fromDegrees(
      positions[3 * row]!,
      positions[3 * row + 1]!,
      Math.max(positions[3 * row + 2]!, lift),
    );
  }

  #applyRow(marks: Marks, row: number): void {
    const level = this.#levels[row]!;
    const isChosen = row === this.#chosen;
    const warned = marks.warnedOfRow.get(row);
    marks.points.get(row, this.#flyweight);
    this.#flyweight.show = !isWarned(level);
    if (!isWarned(level)) this.#flyweight.setMaterial(this.#ink.pointMaterial(level, isChosen));
    if (isWarned(level)) {
      if (warned) this.#ink.dressWarned(warned.billboard, warned.stem, level, isChosen);
      else this.#addWarned(marks, row, level);
    } else if (warned) {
      marks.billboards.remove(warned.billboard);
      marks.stems.remove(warned.stem);
      marks.warnedOfRow.delete(row);
    }
  }

  #addWarned(marks: Marks, row: number, level: WarningLevel): void {
    const isChosen = row === this.#chosen;
    const top = this.#placeOf(row, WARNED_LIFT);
    const id: OverlayMark = { overlay: "sensor", row, id: "" };
    const billboard = marks.billboards.add({
      position: top,
      id,
      horizontalOrigin: HorizontalOrigin.CENTER,
      verticalOrigin: VerticalOrigin.CENTER,
      disableDepthTestDistance: Number.POSITIVE_INFINITY,
      scaleByDistance: new NearFarScalar(800, 1, 14_000, 0.5),
    });
    const stem = marks.stems.add({
      positions: [this.#placeOf(row, 0), top],
      material: this.#ink.stemMaterial(level, isChosen),
    });
    this.#ink.dressWarned(billboard, stem, level, isChosen);
    marks.warnedOfRow.set(row, { billboard, stem });
  }

  #clear(): void {
    if (this.#marks && this.#stage)
      for (const part of collectionsOf(this.#marks)) this.#stage.scene.primitives.remove(part);
    this.#marks = null;
  }

  #build(): void {
    this.#clear();
    const count = this.#positions.length / 3;
    if (!this.#stage || count === 0) return;
    const marks = createMarks(this.#stage, count);
    this.#marks = marks;
    this.#ink.forgetPictures();
    for (let row = 0; row < count; row++) {
      const level = this.#levels[row]!;
      const pickObject: OverlayMark = { overlay: "sensor", row, id: "" };
      const material = this.#ink.pointMaterial(level, row === this.#chosen);
      marks.points.add({ position: this.#placeOf(row, NORMAL_LIFT), material, pickObject }, this.#flyweight);
      if (isWarned(level)) this.#applyRow(marks, row);
    }
    for (const part of collectionsOf(marks)) part.show = this.#visible;
    this.#stage.requestRender();
  }
}

function createMarks({ scene }: Stage, count: number): Marks {
  const points = scene.primitives.add(
    new BufferPointCollection({
      primitiveCountMax: count,
      allowPicking: true,
      blendOption: BlendOption.TRANSLUCENT,
    }),
  ) as BufferPointCollection;
  const stems = scene.primitives.add(new PolylineCollection()) as PolylineCollection;
  const billboards = scene.primitives.add(new BillboardCollection({ scene })) as BillboardCollection;
  return { points, billboards, stems, warnedOfRow: new Map() };
}

function collectionsOf({ points, billboards, stems }: Marks) {
  return [points, billboards, stems];
}
