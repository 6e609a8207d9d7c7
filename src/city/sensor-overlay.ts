import type { BillboardCollection, Primitive } from "cesium";
import type { SensorMoves, SensorUpdate } from "../domain/risk.ts";
import { metersPerPixel } from "./camera-watch.ts";
import { heatGrid } from "./heat-grid.ts";
import { createHeatSheet } from "./heat-sheet.ts";
import { binHexagons, type HexagonBins, hexagonSizeFor } from "./hexagon-bins.ts";
import { columnHeights, createCaps, createColumns } from "./hexagon-columns.ts";
import type { SensorDisplayRequest } from "./live-contract.ts";
import { PointCloud } from "./point-cloud.ts";
import { isWarned, SensorField } from "./sensor-field.ts";
import { sensorAtPixel } from "./sensor-hit.ts";
import { SensorInk } from "./sensor-ink.ts";
import { SensorTrails } from "./sensor-trails.ts";
import { SilentRings } from "./silent-rings.ts";
import type { Stage, StagePart } from "./stage.ts";
import { WarnedMarks } from "./warned-marks.ts";

/** Marks are gathered anew at most this often while the camera moves or readings come. */
const REGROUP_MS = 160;
/** Columns and the heat map follow the readings at most this often. */
const REMAP_MS = 1000;
/** When more than these are reported at once, their trails would be a carpet. */
const MOST_TRAILED = 4000;

export interface SensorOverlay extends StagePart {
  set(positions: Float64Array, kinds: Uint8Array): void;
  update(update: SensorUpdate): void;
  move(moves: SensorMoves): void;
  setStale(stale: Uint8Array): void;
  setDisplay(display: SensorDisplayRequest): void;
  setVisible(visible: boolean): void;
  setTheme(uiTheme: "night" | "day", accent: string): void;
  choose(row: number | null): void;
  /** Before a frame; true while something is on its way. */
  step(nowMs: number): boolean;
  /** After each tick. */
  follow(nowMs: number, isMoving: boolean): void;
  readonly warnedCount: number;
  readonly count: number;
}

/** Points, marks and columns of sensors: buffers and primitives, no entities. */
export function createSensorOverlay(): SensorOverlay {
  return new ShownSensors();
}

/** Engine objects of one stage. */
interface Drawn {
  readonly stage: Stage;
  readonly cloud: PointCloud;
  readonly marks: WarnedMarks;
  readonly trails: SensorTrails;
  readonly rings: SilentRings;
  /** Columns with their caps, or the heat map. */
  sheet: readonly (Primitive | BillboardCollection)[];
  sheetSize: number;
}

class ShownSensors implements SensorOverlay {
  #stage: Stage | null = null;
  #drawn: Drawn | null = null;
  #display: SensorDisplayRequest = { mode: "marks", kind: null, scale: null, measure: "count" };
  #visible = true;
  #chosen: number | null = null;
  #areMarksDue = false;
  #isSheetDue = false;
  #isMoving = false;
  #regroupedMs = 0;
  #sheetMs = 0;
  #warned = 0;
  /** The moment of the last frame: what is picked is what it shows. */
  #steppedMs = 0;
  #wasUnderWay = false;
  readonly #field = new SensorField();
  readonly #ink = new SensorInk();

  get warnedCount(): number {
    return this.#warned;
  }

  get count(): number {
    return this.#field.count;
  }

  set(positions: Float64Array, kinds: Uint8Array): void {
    this.#field.set(positions, kinds);
    this.#chosen = null;
    this.#build();
  }

  update(update: SensorUpdate): void {
    let isSeen = this.#hasSheet;
    this.#field.update(update, (row) => {
      this.#dress(row);
      isSeen = true;
    });
    this.#isSheetDue = true;
    if (isSeen) this.#askIfVisible();
  }

  move(moves: SensorMoves): void {
    const isJump = this.#stage?.quality !== "full" || matchMedia("(prefers-reduced-motion: reduce)").matches;
    const nowMs = performance.now();
    const drawn = this.#drawn;
    const { offsets } = this.#field;
    const haveTrails = moves.rows.length <= MOST_TRAILED;
    this.#field.move(moves, nowMs, isJump, (row) => {
      drawn?.cloud.move(row, offsets);
      if (haveTrails) drawn?.trails.begin(row, nowMs);
    });
    const { ways } = this.#field;
    if (ways && drawn) drawn.cloud.follow(ways);
    if (isJump) drawn?.trails.step(nowMs);
    this.#areMarksDue = true;
    this.#askIfVisible();
  }

  setStale(stale: Uint8Array): void {
    let isSeen = false;
    this.#field.setStale(stale, (row) => {
      this.#dress(row);
      isSeen = true;
    });
    if (!isSeen) return;
    this.#isSheetDue = true;
    this.#askIfVisible();
  }

  setDisplay(display: SensorDisplayRequest): void {
    this.#display = display;
    this.#redress();
    this.#dropSheet();
    this.#applyVisible();
    this.#sheetMs = 0;
    this.#isSheetDue = true;
    this.#areMarksDue = true;
    this.#ask();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#applyVisible();
    this.#ask();
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
    for (const one of [before, row]) if (one !== null && one < this.count) this.#dress(one);
    this.#areMarksDue = true;
    this.#ask();
  }

  attach(stage: Stage): void {
    this.#stage = stage;
    this.#build();
  }

  detach(): void {
    this.#stage = null;
    this.#drawn = null;
  }

  step(nowMs: number): boolean {
    const { ways } = this.#field;
    const drawn = this.#drawn;
    if (!drawn) return false;
    this.#steppedMs = nowMs;
    if (ways?.renewEpoch(nowMs)) drawn.cloud.renew();
    drawn.cloud.at(nowMs);
    if (this.#visible && !this.#isMoving) this.#regroupWhenDue(drawn, nowMs);
    if (this.#visible && drawn.cloud.isDue) this.#ask();
    const isUnderWay = ways?.isUnderWay(nowMs) ?? false;
    // one frame more than the ways last: it shows that all have arrived
    if (!isUnderWay && !this.#wasUnderWay) return false;
    this.#wasUnderWay = isUnderWay;
    drawn.trails.step(nowMs);
    this.#areMarksDue = true;
    this.#askIfVisible();
    return isUnderWay && this.#visible;
  }

  follow(nowMs: number, isMoving: boolean): void {
    const drawn = this.#drawn;
    if (!drawn || !this.#visible) return;
    this.#isMoving = isMoving;
    this.#areMarksDue ||= isMoving;
    this.#regroupWhenDue(drawn, nowMs);
    if (!isMoving) this.#followSheet(drawn, nowMs);
  }

  /** Where the camera stands still this comes before the frame that shows new readings, else after it, for the next. */
  #regroupWhenDue(drawn: Drawn, nowMs: number): void {
    if (!this.#areMarksDue || nowMs - this.#regroupedMs < REGROUP_MS) return;
    this.#regroupedMs = nowMs;
    this.#areMarksDue = this.#isMoving;
    const rows = this.#field.warnedRows(this.#display.kind);
    this.#warned = rows.length;
    drawn.marks.regroup(this.#display.mode === "marks" ? rows : this.#onlyChosen(rows), this.#chosen, nowMs);
    if (!this.#isMoving) this.#redrawRings(drawn, nowMs);
    this.#stage?.requestRender();
  }

  #redrawRings({ rings }: Drawn, nowMs: number): void {
    if (this.#display.mode === "marks") rings.redraw(this.#display.kind, nowMs);
    else rings.remove();
  }

  #onlyChosen(rows: Uint32Array): Uint32Array {
    return rows.filter((row) => row === this.#chosen);
  }

  /** Columns change their size with the distance and, like the heat map, their height with the readings. */
  #followSheet(drawn: Drawn, nowMs: number): void {
    const { mode, kind, scale, measure } = this.#display;
    if (mode === "hexagons") {
      const size = hexagonSizeFor(metersPerPixel(drawn.stage));
      if (size === drawn.sheetSize && (!this.#isSheetDue || nowMs - this.#sheetMs < REMAP_MS)) return;
      const bins = binHexagons(this.#field, size, kind);
      drawn.sheetSize = size;
      this.#putSheet(drawn, bins.count > 0 ? this.#columnsOf(bins, measure, drawn.stage) : []);
    } else if (mode === "heat") {
      if (!this.#isSheetDue || nowMs - this.#sheetMs < REMAP_MS) return;
      const grid = scale && kind !== null ? heatGrid(this.#field, kind, scale) : null;
      this.#putSheet(drawn, grid && scale ? [createHeatSheet(grid, scale, this.#ink.theme)] : []);
    } else return;
    this.#sheetMs = nowMs;
    this.#isSheetDue = false;
    this.#stage?.requestRender();
  }

  #columnsOf(bins: HexagonBins, measure: "count" | "level", stage: Stage): Drawn["sheet"] {
    const heights = columnHeights(bins, measure);
    return [createColumns(bins, heights, this.#ink.theme), createCaps(bins, heights, this.#ink, stage)];
  }

  #putSheet(drawn: Drawn, sheet: Drawn["sheet"]): void {
    const { primitives } = drawn.stage.scene;
    const old = drawn.sheet;
    for (const part of sheet) primitives.add(part);
    drawn.sheet = sheet;
    for (const part of old) primitives.remove(part);
  }

  #dropSheet(): void {
    if (!this.#drawn) return;
    this.#putSheet(this.#drawn, []);
    this.#drawn.sheetSize = 0;
  }

  #applyVisible(): void {
    const drawn = this.#drawn;
    if (!drawn) return;
    const { mode } = this.#display;
    drawn.cloud.show = this.#visible;
    drawn.marks.visible = this.#visible;
    drawn.rings.visible = this.#visible;
    drawn.trails.visible = this.#visible && mode === "marks";
    for (const part of drawn.sheet) part.show = this.#visible;
  }

  /** Whether values are drawn, not levels alone. */
  get #hasSheet(): boolean {
    return this.#display.mode === "hexagons" || this.#display.mode === "heat";
  }

  /** For what comes with each report: the same levels as before, or what is hidden, need no frame. */
  #askIfVisible(): void {
    if (this.#visible) this.#ask();
  }

  #ask(): void {
    this.#stage?.requestRender();
  }

  /** The quiet point of a row: hidden where a mark stands for it, or where sensors are shown in another way. */
  #dress(row: number): void {
    this.#areMarksDue = true;
    this.#drawn?.cloud.dress(row, this.#lookOf(row));
  }

  #lookOf(row: number): number {
    const level = this.#field.levels[row]!;
    const isChosen = row === this.#chosen;
    const isShown =
      !isWarned(level) &&
      (isChosen || (this.#display.mode === "marks" && this.#field.isShown(row, this.#display.kind)));
    return isShown ? this.#ink.lookOf(level, this.#field.stale[row] === 1, isChosen) : 0;
  }

  /** The quiet sensor at a pixel of the last frame. */
  #rowAt(x: number, y: number): number | null {
    if (!this.#stage) return null;
    const radii = [0, ...this.#ink.looks().map(({ size, rimWidth }) => size / 2 + rimWidth)];
    const radiusOf = (row: number) => radii[this.#lookOf(row)] ?? 0;
    return sensorAtPixel(this.#stage, this.#field, this.#steppedMs, { x, y }, radiusOf);
  }

  #redress(): void {
    if (this.#drawn) for (let row = 0; row < this.count; row++) this.#dress(row);
  }

  #clear(): void {
    const drawn = this.#drawn;
    if (!drawn) return;
    drawn.stage.scene.primitives.remove(drawn.cloud);
    drawn.marks.remove();
    drawn.trails.remove();
    drawn.rings.remove();
    this.#putSheet(drawn, []);
    this.#drawn = null;
  }

  #build(): void {
    this.#clear();
    const stage = this.#stage;
    if (!stage || this.count === 0) return;
    this.#ink.forgetPictures();
    const field = this.#field;
    const cloud = new PointCloud({
      count: this.count,
      frame: field.frame,
      radius: field.radius,
      looks: this.#ink.looks(),
      mark: { overlay: "sensor", row: -1, id: "", rowAt: (x, y) => this.#rowAt(x, y) },
    });
    if (field.ways) cloud.follow(field.ways);
    for (let row = 0; row < this.count; row++) cloud.move(row, field.offsets);
    stage.scene.primitives.add(cloud);
    const marks = new WarnedMarks(stage, field, this.#ink);
    const trails = new SensorTrails(stage, field, this.#ink.theme);
    const rings = new SilentRings(stage, field, this.#ink.theme);
    this.#drawn = { stage, cloud, marks, trails, rings, sheet: [], sheetSize: 0 };
    this.#redress();
    this.#applyVisible();
    this.#isSheetDue = true;
    this.#sheetMs = 0;
    this.#regroupedMs = 0;
    this.#ask();
  }
}
