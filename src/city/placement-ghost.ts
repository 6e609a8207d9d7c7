import {
  BoxGeometry,
  BoxOutlineGeometry,
  Cartesian3,
  Math as CesiumMath,
  Color,
  ColorGeometryInstanceAttribute,
  GeometryInstance,
  HeadingPitchRoll,
  Matrix4,
  PerInstanceColorAppearance,
  Primitive,
  Transforms,
  VertexFormat,
} from "cesium";
import type { CityView } from "./contract.ts";
import { ecefFromPlace } from "./geodesy.ts";
import type { Stage, StagePart } from "./stage.ts";

export type Ghost = NonNullable<Parameters<CityView["setPlacementGhost"]>[0]>;

export interface PlacementGhost extends StagePart {
  set(ghost: Ghost | null): void;
}

const ACCENT = Color.fromCssColorString("#3dd6c3");

function sizeKey(ghost: Ghost): string {
  return `${ghost.halfEast},${ghost.halfNorth},${ghost.height}`;
}

function createBox(ghost: Ghost): Primitive[] {
  const minimum = new Cartesian3(-ghost.halfEast, -ghost.halfNorth, 0);
  const maximum = new Cartesian3(ghost.halfEast, ghost.halfNorth, ghost.height);
  const colored = (geometry: BoxGeometry | BoxOutlineGeometry, alpha: number) =>
    new Primitive({
      geometryInstances: new GeometryInstance({
        geometry,
        attributes: { color: ColorGeometryInstanceAttribute.fromColor(ACCENT.withAlpha(alpha)) },
      }),
      appearance: new PerInstanceColorAppearance({ flat: true, translucent: true, closed: false }),
      asynchronous: false,
      allowPicking: false,
    });
  return [
    colored(new BoxGeometry({ minimum, maximum, vertexFormat: VertexFormat.POSITION_ONLY }), 0.18),
    colored(new BoxOutlineGeometry({ minimum, maximum }), 0.95),
  ];
}

/** The box of a model that waits for its place; it follows the pointer by its matrix alone. */
export function createPlacementGhost(): PlacementGhost {
  let stage: Stage | null = null;
  let ghost: Ghost | null = null;
  let shownSize = "";
  let shown: Primitive[] = [];

  const clear = (): void => {
    if (stage) for (const part of shown) stage.scene.primitives.remove(part);
    shown = [];
    shownSize = "";
  };

  const apply = (): void => {
    if (!stage) return;
    if (!ghost || sizeKey(ghost) !== shownSize) clear();
    if (ghost) {
      if (shown.length === 0) {
        shown = createBox(ghost);
        shownSize = sizeKey(ghost);
        for (const part of shown) stage.scene.primitives.add(part);
      }
      const frame = Transforms.headingPitchRollToFixedFrame(
        ecefFromPlace(ghost.place),
        new HeadingPitchRoll(CesiumMath.toRadians(ghost.headingDeg), 0, 0),
      );
      for (const part of shown) Matrix4.clone(frame, part.modelMatrix);
    }
    stage.requestRender();
  };

  return {
    set(next) {
      ghost = next;
      apply();
    },
    attach(next) {
      stage = next;
      shown = [];
      shownSize = "";
      apply();
    },
    detach() {
      stage = null;
      shown = [];
      shownSize = "";
    },
  };
}
