import {
  type Billboard,
  BillboardCollection,
  Cartesian2,
  Cartesian3,
  Color,
  HorizontalOrigin,
  type Label,
  LabelCollection,
  LabelStyle,
  NearFarScalar,
  VerticalOrigin,
} from "cesium";
import type { Unit } from "../domain/response.ts";
import { ecefFromGeodetic } from "../geo/ellipsoid.ts";
import { Glide } from "./glide.ts";
import type { WeighedLabel } from "./label-clutter.ts";
import type { LabelSource } from "./label-room.ts";
import { CJK_FONT, currentText } from "./label-text.ts";
import type { OverlayMark } from "./picking.ts";
import type { Stage, StagePart } from "./stage.ts";
import { drawUnit, type UnitInk } from "./unit-pictures.ts";

const HEIGHT = 42;
const INKS: Readonly<Record<"night" | "day", Omit<UnitInk, "ring">>> = {
  night: { plate: "#f2f6fa", sign: "#0b1016" },
  day: { plate: "#16222d", sign: "#ffffff" },
};
/** Names are read from near; the chosen unit's always. */
const NAMED_WITHIN = new NearFarScalar(3_500, 1, 5_500, 0);

export interface UnitOverlay extends StagePart, LabelSource {
  set(units: readonly Unit[]): void;
  setTheme(uiTheme: "night" | "day", accent: string): void;
  choose(unitId: string | null): void;
  relabel(): void;
  /** Before a frame; true while a unit is on its way. */
  step(nowMs: number): boolean;
}

/** Crews and vehicles: sign by kind, ring by status, eased between reports. */
export function createUnitOverlay(): UnitOverlay {
  return new UnitMarks();
}

interface Drawn {
  readonly stage: Stage;
  readonly billboards: BillboardCollection;
  readonly labels: LabelCollection;
  readonly marks: { readonly billboard: Billboard; readonly label: Label }[];
}

class UnitMarks implements UnitOverlay {
  #stage: Stage | null = null;
  #units: readonly Unit[] = [];
  #theme: "night" | "day" = "night";
  #accent = "#3dd6c3";
  #chosen: string | null = null;
  #drawn: Drawn | null = null;
  #places = new Float64Array(0);
  #glide = new Glide(0);
  #weighed: readonly WeighedLabel[] | null = [];

  /** Names by what the unit does: the chosen one first, then who is under way or at work. */
  get weighed(): readonly WeighedLabel[] {
    this.#weighed ??= (this.#drawn?.marks ?? []).map(({ label }, k) => {
      const { id, status } = this.#units[k]!;
      const isChosen = id === this.#chosen;
      return {
        label,
        weight: isChosen ? 3_000 : isBusy(status) ? 900 : 400,
        nearest: 0,
        reach: isChosen ? Number.POSITIVE_INFINITY : NAMED_WITHIN.far,
        drop: 42,
      };
    });
    return this.#weighed;
  }

  set(units: readonly Unit[]): void {
    const before = this.#units;
    this.#units = units;
    const isSameList = units.length === before.length && units.every(({ id }, k) => id === before[k]?.id);
    if (isSameList) this.#update(before);
    else this.#begin();
  }

  setTheme(uiTheme: "night" | "day", accent: string): void {
    if (this.#theme === uiTheme && this.#accent === accent) return;
    this.#theme = uiTheme;
    this.#accent = accent;
    this.#build();
  }

  choose(unitId: string | null): void {
    if (unitId === this.#chosen) return;
    this.#chosen = unitId;
    this.#units.forEach((_, k) => {
      this.#dress(k);
    });
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
    this.#drawn = null;
    this.#weighed = [];
  }

  step(nowMs: number): boolean {
    if (!this.#drawn || this.#glide.count === 0) return false;
    this.#glide.step(nowMs, this.#places, (k) => this.#put(k));
    this.#stage?.requestRender();
    return this.#glide.count > 0;
  }

  #begin(): void {
    this.#places = new Float64Array(3 * this.#units.length);
    this.#glide = new Glide(this.#units.length);
    this.#units.forEach((unit, k) => {
      this.#places.set(placeOf(unit), 3 * k);
    });
    this.#build();
  }

  #update(before: readonly Unit[]): void {
    const isJump = this.#stage?.quality !== "full" || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#units.forEach((unit, k) => {
      const old = before[k]!;
      if (unit.longitudeDeg !== old.longitudeDeg || unit.latitudeDeg !== old.latitudeDeg)
        this.#glide.go(k, placeOf(unit), this.#places, performance.now(), isJump);
      if (unit.status !== old.status || unit.kind !== old.kind || unit.name !== old.name) this.#dress(k);
    });
    this.#stage?.requestRender();
  }

  #put(k: number): void {
    const mark = this.#drawn?.marks[k];
    if (!mark) return;
    const place = Cartesian3.fromArray(this.#places as unknown as number[], 3 * k);
    mark.billboard.position = place;
    mark.label.position = place;
  }

  #dress(k: number): void {
    const mark = this.#drawn?.marks[k];
    const unit = this.#units[k];
    if (!mark || !unit) return;
    const isChosen = unit.id === this.#chosen;
    const isAtWork = isBusy(unit.status);
    this.#weighed = null;
    const ring = isChosen || isAtWork ? this.#accent : INKS[this.#theme].plate;
    const ink = { ...INKS[this.#theme], ring };
    const key = `unit-${this.#theme}-${unit.kind}-${unit.status}-${ring}`;
    mark.billboard.setImage(key, drawUnit(unit.kind, unit.status, ink));
    mark.billboard.scale = isChosen ? 0.58 : isAtWork ? 0.47 : 0.4;
    mark.label.text = currentText(unit.name);
    const { label } = mark;
    if (isChosen) label.translucencyByDistance = undefined as never;
    else label.translucencyByDistance = NAMED_WITHIN;
    this.#stage?.requestRender();
  }

  #build(): void {
    const stage = this.#stage;
    if (this.#drawn) {
      this.#drawn.stage.scene.primitives.remove(this.#drawn.billboards);
      this.#drawn.stage.scene.primitives.remove(this.#drawn.labels);
      this.#drawn = null;
    }
    this.#weighed = null;
    if (!stage) return;
    stage.requestRender();
    if (this.#units.length === 0) return;
    const billboards = stage.scene.primitives.add(
      new BillboardCollection({ scene: stage.scene }),
    ) as BillboardCollection;
    const labels = stage.scene.primitives.add(new LabelCollection({ scene: stage.scene })) as LabelCollection;
    const marks = this.#units.map((unit) => this.#add(unit, billboards, labels));
    this.#drawn = { stage, billboards, labels, marks };
    this.#units.forEach((_, k) => {
      this.#put(k);
      this.#dress(k);
    });
  }

  #add(unit: Unit, billboards: BillboardCollection, labels: LabelCollection) {
    const id: OverlayMark = {
      overlay: "live",
      row: -1,
      id: unit.id,
      pick: () => ({ kind: "unit", unitId: unit.id }),
    };
    const scaleByDistance = new NearFarScalar(1_000, 1, 30_000, 0.4);
    const position = Cartesian3.fromElements(...placeOf(unit));
    const billboard = billboards.add({
      position,
      id,
      horizontalOrigin: HorizontalOrigin.CENTER,
      verticalOrigin: VerticalOrigin.CENTER,
      disableDepthTestDistance: Number.POSITIVE_INFINITY,
      scaleByDistance,
    });
    const label = labels.add({
      position,
      id,
      font: `600 14px ${CJK_FONT}`,
      style: LabelStyle.FILL_AND_OUTLINE,
      fillColor: Color.fromCssColorString(this.#theme === "night" ? "#ffffff" : "#111a22"),
      outlineColor: Color.fromCssColorString(this.#theme === "night" ? "#0b1016" : "#ffffff").withAlpha(0.92),
      outlineWidth: 4,
      horizontalOrigin: HorizontalOrigin.CENTER,
      verticalOrigin: VerticalOrigin.TOP,
      pixelOffset: new Cartesian2(0, 22),
      disableDepthTestDistance: Number.POSITIVE_INFINITY,
    });
    return { billboard, label };
  }
}

function isBusy(status: Unit["status"]): boolean {
  return status === "assigned" || status === "moving" || status === "onScene";
}

function placeOf({ longitudeDeg, latitudeDeg, kind }: Unit): [number, number, number] {
  return ecefFromGeodetic({ longitudeDeg, latitudeDeg, height: kind === "drone" ? 120 : HEIGHT });
}
