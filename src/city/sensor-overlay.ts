import {
  type Billboard,
  BillboardCollection,
  BlendOption,
  BufferPoint,
  BufferPointCollection,
  BufferPointMaterial,
  Cartesian3,
  Color,
  HorizontalOrigin,
  Material,
  NearFarScalar,
  type Polyline,
  PolylineCollection,
  VerticalOrigin,
} from "cesium";
import { NO_DATA_LEVEL, type SensorUpdate, type WarningLevel } from "../domain/risk.ts";
import { drawMark, WARNING_HEX } from "./marks.ts";
import type { OverlayMark } from "./picking.ts";
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

const NORMAL_COLORS = { night: "#a9b6c3", day: "#5a6876" } as const;
const NO_DATA_COLORS = { night: "#5b6875", day: "#a7b1bb" } as const;

function isWarned(level: number): level is WarningLevel {
  return level >= 1 && level <= 4;
}

/** Normal sensors are quiet points in one buffer; warned ones are shaped marks on stems. No entities. */
export function createSensorOverlay(): SensorOverlay {
  let stage: Stage | null = null;
  let marks: Marks | null = null;
  let positions = new Float64Array(0);
  let levels = new Uint8Array(0);
  let visible = true;
  let theme: "night" | "day" = "night";
  let accent = "#3dd6c3";
  let chosen: number | null = null;
  const flyweight = new BufferPoint();
  const pictures = new Map<string, HTMLCanvasElement>();

  const placeOf = (row: number, lift: number): Cartesian3 =>
    Cartesian3.fromDegrees(
      positions[3 * row]!,
      positions[3 * row + 1]!,
      Math.max(positions[3 * row + 2]!, lift),
    );

  const pointMaterial = (row: number): BufferPointMaterial => {
    const isSilent = levels[row] === NO_DATA_LEVEL;
    const isChosen = row === chosen;
    const fill = isSilent ? NO_DATA_COLORS[theme] : NORMAL_COLORS[theme];
    return new BufferPointMaterial({
      color: Color.fromCssColorString(isChosen ? accent : fill).withAlpha(isSilent ? 0.35 : 1),
      outlineColor: Color.fromCssColorString(theme === "night" ? "#0b1016" : "#ffffff"),
      outlineWidth: isChosen ? 2 : 1,
      size: isChosen ? 11 : isSilent ? 5 : 6,
    });
  };

  const imageKey = (level: WarningLevel, isChosen: boolean): string =>
    `mark-${theme}-${level}-${isChosen ? 1 : 0}`;

  /** Drawn once a level: hundreds of marks share five pictures. */
  const markFor = (level: WarningLevel, isChosen: boolean): HTMLCanvasElement => {
    const key = imageKey(level, isChosen);
    const known = pictures.get(key);
    if (known) return known;
    const rim = theme === "night" ? "#0b1016" : "#ffffff";
    const drawn = drawMark(level, WARNING_HEX[theme][level], rim, isChosen ? accent : null);
    pictures.set(key, drawn);
    return drawn;
  };

  /** A polyline destroys its material; lines of equal colour still share a draw call. */
  const stemMaterial = (level: WarningLevel, isChosen: boolean): Material =>
    Material.fromType("Color", {
      color: Color.fromCssColorString(isChosen ? accent : WARNING_HEX[theme][level]).withAlpha(0.75),
    });

  const dressWarned = (
    billboard: Billboard,
    stem: Polyline,
    level: WarningLevel,
    isChosen: boolean,
  ): void => {
    billboard.setImage(imageKey(level, isChosen), markFor(level, isChosen));
    billboard.scale = (level === 1 ? 0.46 : level === 2 ? 0.42 : 0.36) * (isChosen ? 1.25 : 1);
    stem.material = stemMaterial(level, isChosen);
    stem.width = isChosen ? 2.5 : 1.5;
  };

  const addWarned = (target: Marks, row: number, level: WarningLevel): void => {
    const top = placeOf(row, WARNED_LIFT);
    const id: OverlayMark = { overlay: "sensor", row, id: "" };
    const billboard = target.billboards.add({
      position: top,
      id,
      horizontalOrigin: HorizontalOrigin.CENTER,
      verticalOrigin: VerticalOrigin.CENTER,
      disableDepthTestDistance: Number.POSITIVE_INFINITY,
      scaleByDistance: new NearFarScalar(800, 1, 14_000, 0.5),
    });
    const stem = target.stems.add({
      positions: [placeOf(row, 0), top],
      material: stemMaterial(level, row === chosen),
    });
    dressWarned(billboard, stem, level, row === chosen);
    target.warnedOfRow.set(row, { billboard, stem });
  };

  const applyRow = (target: Marks, row: number): void => {
    const level = levels[row]!;
    const warned = target.warnedOfRow.get(row);
    target.points.get(row, flyweight);
    flyweight.show = !isWarned(level);
    if (!isWarned(level)) flyweight.setMaterial(pointMaterial(row));
    if (isWarned(level)) {
      if (warned) dressWarned(warned.billboard, warned.stem, level, row === chosen);
      else addWarned(target, row, level);
    } else if (warned) {
      target.billboards.remove(warned.billboard);
      target.stems.remove(warned.stem);
      target.warnedOfRow.delete(row);
    }
  };

  const clear = (): void => {
    if (marks && stage)
      for (const part of [marks.points, marks.billboards, marks.stems]) stage.scene.primitives.remove(part);
    marks = null;
  };

  const build = (): void => {
    clear();
    const count = positions.length / 3;
    if (!stage || count === 0) return;
    const { primitives } = stage.scene;
    const points = primitives.add(
      new BufferPointCollection({
        primitiveCountMax: count,
        allowPicking: true,
        blendOption: BlendOption.TRANSLUCENT,
      }),
    ) as BufferPointCollection;
    const stems = primitives.add(new PolylineCollection()) as PolylineCollection;
    const billboards = primitives.add(new BillboardCollection({ scene: stage.scene })) as BillboardCollection;
    marks = { points, billboards, stems, warnedOfRow: new Map() };
    pictures.clear();
    for (let row = 0; row < count; row++) {
      const pickObject: OverlayMark = { overlay: "sensor", row, id: "" };
      points.add(
        { position: placeOf(row, NORMAL_LIFT), material: pointMaterial(row), pickObject },
        flyweight,
      );
      if (isWarned(levels[row]!)) applyRow(marks, row);
    }
    for (const part of [points, billboards, stems]) part.show = visible;
    stage.requestRender();
  };

  return {
    set(nextPositions) {
      positions = nextPositions.slice();
      levels = new Uint8Array(positions.length / 3).fill(NO_DATA_LEVEL);
      chosen = null;
      build();
    },
    update(update) {
      for (let k = 0; k < update.rows.length; k++) {
        const row = update.rows[k]!;
        const level = update.levels[k]!;
        if (row >= levels.length || levels[row] === level) continue;
        levels[row] = level;
        if (marks) applyRow(marks, row);
      }
      stage?.requestRender();
    },
    setVisible(next) {
      visible = next;
      if (marks) for (const part of [marks.points, marks.billboards, marks.stems]) part.show = next;
      stage?.requestRender();
    },
    setTheme(uiTheme, accentHex) {
      if (theme === uiTheme && accent === accentHex) return;
      theme = uiTheme;
      accent = accentHex;
      build();
    },
    choose(row) {
      if (row === chosen) return;
      const before = chosen;
      chosen = row;
      if (!marks) return;
      for (const one of [before, row]) if (one !== null && one < levels.length) applyRow(marks, one);
      stage?.requestRender();
    },
    get warnedCount() {
      return marks?.warnedOfRow.size ?? 0;
    },
    get count() {
      return levels.length;
    },
    attach(next) {
      stage = next;
      build();
    },
    detach() {
      stage = null;
      marks = null;
    },
  };
}
