import {
  Color,
  GeometryInstance,
  Material,
  PolylineGeometry,
  PolylineMaterialAppearance,
  Primitive,
} from "cesium";
import type { RoadRoute } from "../domain/response.ts";
import type { Stage, StagePart } from "./stage.ts";
import { positionsOf } from "./warning-shapes.ts";

/** Over the roads, which lie on the ground. */
const HEIGHT = 4;
const QUIET = { night: "#a9b6c3", day: "#45525f" } as const;

export interface RouteOverlay extends StagePart {
  set(routes: readonly RoadRoute[], chosenUnitId: string | null): void;
  setTheme(uiTheme: "night" | "day", accent: string): void;
}

/** Ways along roads; where buildings stand before them they are seen through, fainter. */
export function createRouteOverlay(): RouteOverlay {
  let stage: Stage | null = null;
  let routes: readonly RoadRoute[] = [];
  let chosen: string | null = null;
  let theme: "night" | "day" = "night";
  let accent = "#3dd6c3";
  let shown: Primitive[] = [];

  const build = (): void => {
    if (!stage) return;
    for (const part of shown) stage.scene.primitives.remove(part);
    shown = [];
    stage.requestRender();
    const chosenLast = [...routes].sort((a, b) => Number(a.unitId === chosen) - Number(b.unitId === chosen));
    for (const route of chosenLast) {
      if (route.path.length < 2) continue;
      const isChosen = route.unitId === chosen;
      const color = Color.fromCssColorString(isChosen ? accent : QUIET[theme]);
      shown.push(createWay(route, color, isChosen));
    }
    for (const part of shown) stage.scene.primitives.add(part);
  };

  return {
    set(next, chosenUnitId) {
      routes = next;
      chosen = chosenUnitId;
      build();
    },
    setTheme(uiTheme, hex) {
      if (theme === uiTheme && accent === hex) return;
      theme = uiTheme;
      accent = hex;
      build();
    },
    attach(next) {
      stage = next;
      build();
    },
    detach() {
      stage = null;
      shown = [];
    },
  };
}

function createWay({ path }: RoadRoute, color: Color, isChosen: boolean): Primitive {
  const appearance = (alpha: number) =>
    new PolylineMaterialAppearance({
      translucent: true,
      material: Material.fromType(isChosen ? "PolylineArrow" : "Color", { color: color.withAlpha(alpha) }),
    });
  const strength = isChosen ? 0.95 : 0.6;
  return new Primitive({
    geometryInstances: new GeometryInstance({
      geometry: new PolylineGeometry({
        positions: positionsOf(path, HEIGHT, false),
        width: isChosen ? 11 : 3,
        vertexFormat: PolylineMaterialAppearance.VERTEX_FORMAT,
      }),
    }),
    appearance: appearance(strength),
    depthFailAppearance: appearance(strength * 0.45),
    asynchronous: false,
    allowPicking: false,
  });
}
