import {
  BoundingSphere,
  BufferPolyline,
  BufferPolylineCollection,
  BufferPolylineMaterial,
  Cartesian3,
  Color,
  ComponentDatatype,
  Matrix4,
} from "cesium";
import type { SensorField } from "./sensor-field.ts";
import type { Stage } from "./stage.ts";
import { Trails } from "./trails.ts";

const PLACES = 12;
/** Metres between two places of a trail. */
const LEAST_STEP = 12;
/** Later ones of more than these have none. */
const MOST_TRAILS = 1500;
const ROOM_M = 20_000;
const COLORS = { night: "#a9b6c3", day: "#45525f" } as const;

/** Where moving sensors came from: their last places as thin lines of one buffer. */
export class SensorTrails {
  readonly #stage: Stage;
  readonly #field: SensorField;
  readonly #trails = new Trails(PLACES);
  readonly #scratch = new Float64Array(3 * PLACES);
  readonly #line = new BufferPolyline();
  #lines: BufferPolylineCollection | null = null;
  #lineOf = new Map<number, number>();
  #theme: "night" | "day";
  #isVisible = true;
  readonly #place = new Float64Array(3);

  constructor(stage: Stage, field: SensorField, theme: "night" | "day") {
    this.#stage = stage;
    this.#field = field;
    this.#theme = theme;
  }

  set visible(isVisible: boolean) {
    this.#isVisible = isVisible;
    if (this.#lines) this.#lines.show = isVisible;
  }

  /** A row moves from now on: it leaves a trail, unless there are too many. */
  begin(row: number, nowMs: number): void {
    if (!this.#trails.has(row) && this.#trails.count < MOST_TRAILS) this.#note(row, nowMs);
  }

  /** Draws the trails on to where their rows are now. */
  step(nowMs: number): void {
    for (const row of this.#trails.rows) this.#note(row, nowMs);
  }

  #note(row: number, nowMs: number): void {
    this.#field.write(row, nowMs, this.#place);
    if (!this.#trails.note(row, this.#place, 0, LEAST_STEP)) return;
    const line = this.#lineOf.get(row);
    if (line === undefined || !this.#lines) {
      this.#build();
      return;
    }
    this.#trails.read(row, this.#scratch);
    this.#lines.get(line, this.#line);
    this.#line.setPositions(this.#scratch);
  }

  remove(): void {
    if (this.#lines) this.#stage.scene.primitives.remove(this.#lines);
    this.#lines = null;
  }

  /** New rows need room: buffers do not grow, so they are made anew with as much again. */
  #build(): void {
    const room = this.#lines?.primitiveCountMax ?? 0;
    if (this.#lines && this.#trails.count <= room) {
      for (const row of this.#trails.rows) if (!this.#lineOf.has(row)) this.#add(row);
      return;
    }
    this.remove();
    this.#lineOf = new Map();
    const count = Math.max(64, 2 * this.#trails.count);
    const origin = Cartesian3.fromArray([...this.#field.frame.origin]);
    this.#lines = this.#stage.scene.primitives.add(
      new BufferPolylineCollection({
        primitiveCountMax: count,
        vertexCountMax: count * PLACES,
        positionDatatype: ComponentDatatype.FLOAT,
        modelMatrix: Matrix4.fromTranslation(origin),
        boundingVolume: new BoundingSphere(origin, this.#field.radius + ROOM_M),
      }),
    ) as BufferPolylineCollection;
    this.#lines.show = this.#isVisible;
    for (const row of this.#trails.rows) this.#add(row);
  }

  #add(row: number): void {
    const lines = this.#lines!;
    this.#lineOf.set(row, lines.primitiveCount);
    this.#trails.read(row, this.#scratch);
    const color = Color.fromCssColorString(COLORS[this.#theme]).withAlpha(0.55);
    lines.add(
      { positions: this.#scratch, material: new BufferPolylineMaterial({ color, width: 2 }) },
      this.#line,
    );
  }
}
