import {
  type Billboard,
  BillboardCollection,
  Cartesian3,
  HorizontalOrigin,
  NearFarScalar,
  type Polyline,
  PolylineCollection,
  VerticalOrigin,
} from "cesium";
import type { WarningLevel } from "../domain/risk.ts";
import { geodeticFromEcef } from "../geo/ellipsoid.ts";
import type { LivePick } from "./live-contract.ts";
import type { OverlayMark } from "./picking.ts";
import { type Clusters, clusterMarks } from "./screen-clusters.ts";
import { clipFromFrame, projectOffset } from "./screen-projection.ts";
import type { SensorField } from "./sensor-field.ts";
import type { Picture, SensorInk } from "./sensor-ink.ts";
import type { Stage } from "./stage.ts";

/** Warned sensors stand this high above ground at least, so that roofs hide fewer of them. */
const WARNED_LIFT = 95;
const RADIUS_PX = 52;
const MARGIN_PX = 160;
/** The picture atlas only grows: past this many pictures it is begun anew. */
const MOST_PICTURES = 700;

interface Shown {
  readonly billboard: Billboard;
  readonly stem: Polyline;
  key: string;
}

/** Warned sensors as shaped marks on stems; those that would lie on one another are gathered. Only what is on the screen exists. */
export class WarnedMarks {
  readonly #stage: Stage;
  readonly #field: SensorField;
  readonly #ink: SensorInk;
  #billboards: BillboardCollection;
  #stems: PolylineCollection;
  #shown = new Map<number, Shown>();
  #isVisible = true;
  /** The moment of the last gathering, and a place of it. */
  #nowMs = 0;
  readonly #place = new Float64Array(3);

  constructor(stage: Stage, field: SensorField, ink: SensorInk) {
    this.#stage = stage;
    this.#field = field;
    this.#ink = ink;
    this.#stems = stage.scene.primitives.add(new PolylineCollection()) as PolylineCollection;
    this.#billboards = stage.scene.primitives.add(
      new BillboardCollection({ scene: stage.scene }),
    ) as BillboardCollection;
  }

  get visible(): boolean {
    return this.#isVisible;
  }

  set visible(isVisible: boolean) {
    this.#isVisible = isVisible;
    this.#billboards.show = isVisible;
    this.#stems.show = isVisible;
  }

  /** Gathers anew for the camera of this moment, and for where things are drawn at it. */
  regroup(rows: Uint32Array, chosen: number | null, nowMs: number): void {
    this.#nowMs = nowMs;
    if (this.#ink.pictureCount > MOST_PICTURES) this.#beginAnew();
    const { clientWidth: width, clientHeight: height } = this.#stage.scene.canvas;
    const marks = this.#project(rows, width, height);
    const alone = chosen === null ? -1 : rows.indexOf(chosen);
    const clusters = clusterMarks(marks, { width, height, margin: MARGIN_PX, radius: RADIUS_PX }, alone);
    const members = membersOf(clusters);
    const wanted = new Map<number, number>();
    for (let k = 0; k < clusters.count; k++) wanted.set(rows[clusters.anchors[k]!]!, k);
    for (const [row, shown] of this.#shown) if (!wanted.has(row)) this.#remove(row, shown);
    for (const [row, k] of wanted) this.#show(row, k, clusters, rows, members[k] ?? [], row === chosen);
  }

  remove(): void {
    this.#stage.scene.primitives.remove(this.#stems);
    this.#stage.scene.primitives.remove(this.#billboards);
  }

  #beginAnew(): void {
    const { scene } = this.#stage;
    scene.primitives.remove(this.#billboards);
    scene.primitives.remove(this.#stems);
    this.#ink.forgetPictures();
    this.#shown.clear();
    this.#stems = scene.primitives.add(new PolylineCollection()) as PolylineCollection;
    this.#billboards = scene.primitives.add(new BillboardCollection({ scene })) as BillboardCollection;
    this.visible = this.#isVisible;
  }

  #project(rows: Uint32Array, width: number, height: number) {
    const { frame, levels } = this.#field;
    const place = this.#place;
    const clip = clipFromFrame(this.#stage, frame);
    const xs = new Float32Array(rows.length);
    const ys = new Float32Array(rows.length);
    const [ux, uy, uz] = frame.up;
    const pixel = new Float64Array(2);
    for (let k = 0; k < rows.length; k++) {
      this.#field.write(rows[k]!, this.#nowMs, place);
      const lift = this.#liftOf(rows[k]!);
      const x = place[0]! + lift * ux;
      const y = place[1]! + lift * uy;
      const z = place[2]! + lift * uz;
      projectOffset(clip, x, y, z, width, height, pixel);
      xs[k] = pixel[0]!;
      ys[k] = pixel[1]!;
    }
    return { rows, levels: Uint8Array.from(rows, (row) => levels[row]!), xs, ys, count: rows.length };
  }

  #liftOf(row: number): number {
    return Math.max(0, WARNED_LIFT - this.#field.heights[row]!);
  }

  #placeOf(row: number, lift: number): Cartesian3 {
    const { frame } = this.#field;
    this.#field.write(row, this.#nowMs, this.#place);
    const [x, y, z] = [0, 1, 2].map(
      (axis) => frame.origin[axis]! + this.#place[axis]! + lift * frame.up[axis]!,
    );
    return new Cartesian3(x, y, z);
  }

  #show(
    row: number,
    k: number,
    clusters: Clusters,
    rows: Uint32Array,
    members: readonly number[],
    isChosen: boolean,
  ): void {
    const { levels, stale } = this.#field;
    const level = levels[row] as WarningLevel;
    const size = clusters.sizes[k]!;
    const split = clusters.splits.subarray(4 * k, 4 * k + 4);
    const picture =
      size > 1 ? this.#ink.cluster(level, size, split) : this.#ink.mark(level, isChosen, stale[row] === 1);
    const shown = this.#shown.get(row) ?? this.#add(row);
    const top = this.#placeOf(row, this.#liftOf(row));
    if (!Cartesian3.equalsEpsilon(shown.billboard.position, top, 0, 0.05)) {
      shown.billboard.position = top;
      shown.stem.positions = [this.#placeOf(row, -this.#field.heights[row]!), top];
    }
    const gathered = members.map((mark) => rows[mark]!);
    shown.billboard.id = size > 1 ? this.#clusterMark(row, gathered, split) : markOfRow(row);
    if (shown.key !== picture.key) this.#dress(shown, picture, level, isChosen);
  }

  #dress(shown: Shown, { key, canvas, scale }: Picture, level: WarningLevel, isChosen: boolean): void {
    shown.key = key;
    shown.billboard.setImage(key, canvas);
    shown.billboard.scale = scale;
    shown.stem.material = this.#ink.stemMaterial(level, isChosen);
    shown.stem.width = isChosen ? 2.5 : 1.5;
  }

  #add(row: number): Shown {
    const position = this.#placeOf(row, this.#liftOf(row));
    const billboard = this.#billboards.add({
      position,
      horizontalOrigin: HorizontalOrigin.CENTER,
      verticalOrigin: VerticalOrigin.CENTER,
      disableDepthTestDistance: Number.POSITIVE_INFINITY,
      scaleByDistance: new NearFarScalar(1_000, 1, 16_000, 0.72),
    });
    const ground = this.#placeOf(row, -this.#field.heights[row]!);
    const stem = this.#stems.add({ positions: [ground, position] });
    const shown: Shown = { billboard, stem, key: "" };
    this.#shown.set(row, shown);
    return shown;
  }

  #remove(row: number, { billboard, stem }: Shown): void {
    this.#billboards.remove(billboard);
    this.#stems.remove(stem);
    this.#shown.delete(row);
  }

  #clusterMark(row: number, rows: readonly number[], split: Uint32Array): OverlayMark {
    return { overlay: "live", row, id: "", pick: () => this.#clusterPick(row, rows, split) };
  }

  #clusterPick(worstRow: number, rows: readonly number[], split: Uint32Array): LivePick {
    const { frame, offsets } = this.#field;
    const mean = [0, 1, 2].map(
      (axis) => rows.reduce((sum, row) => sum + offsets[3 * row + axis]!, 0) / rows.length,
    );
    const radius = Math.max(
      ...rows.map((row) => Math.hypot(...mean.map((middle, axis) => offsets[3 * row + axis]! - middle))),
    );
    const [x = 0, y = 0, z = 0] = mean.map((middle, axis) => middle + frame.origin[axis]!);
    const [red = 0, orange = 0, yellow = 0, blue = 0] = split;
    return {
      kind: "cluster",
      count: rows.length,
      split: [red, orange, yellow, blue],
      worstRow,
      center: geodeticFromEcef(x, y, z),
      radius,
    };
  }
}

function markOfRow(row: number): OverlayMark {
  return { overlay: "sensor", row, id: "" };
}

/** Marks of each cluster that has more than one. */
function membersOf({ memberOf, sizes }: Clusters): number[][] {
  const members: number[][] = [];
  for (let mark = 0; mark < memberOf.length; mark++) {
    const cluster = memberOf[mark]!;
    if (cluster < 0 || sizes[cluster]! < 2) continue;
    members[cluster] ??= [];
    members[cluster].push(mark);
  }
  return members;
}
