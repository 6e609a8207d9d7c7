import {
  Cartesian3,
  Color,
  Material,
  PointPrimitiveCollection,
  PolylineCollection,
  type Primitive,
} from "cesium";
import { ringMeetsItself } from "../geo/ring-crossing.ts";
import type { ZoneDraft } from "./live-contract.ts";
import type { OverlayMark } from "./picking.ts";
import type { Stage, StagePart } from "./stage.ts";
import { positionsOf } from "./warning-shapes.ts";
import { createZoneFill } from "./zone-looks.ts";

const HEIGHT = 32;
const PLAIN = { night: Color.WHITE, day: Color.fromCssColorString("#111a22") } as const;
const NOTHING: OverlayMark = { overlay: "live", row: -1, id: "", pick: () => null };

export interface DraftOverlay extends StagePart {
  set(draft: ZoneDraft | null): void;
  setTheme(uiTheme: "night" | "day", accent: string): void;
}

/** The outline that is being drawn: its corners, the edge to the pointer, and the edge that would close it. */
export function createDraftOverlay(): DraftOverlay {
  let stage: Stage | null = null;
  let draft: ZoneDraft | null = null;
  let theme: "night" | "day" = "night";
  let accent = "#3dd6c3";
  let shown: (Primitive | PolylineCollection | PointPrimitiveCollection)[] = [];

  const build = (): void => {
    if (!stage) return;
    for (const part of shown) stage.scene.primitives.remove(part);
    shown = [];
    stage.requestRender();
    if (!draft) return;
    const lines = new PolylineCollection();
    addLines(lines, draft, Color.fromCssColorString(accent), PLAIN[theme]);
    const corners = new PointPrimitiveCollection();
    for (const [lon, lat] of draft.ring)
      corners.add({
        position: Cartesian3.fromDegrees(lon, lat, HEIGHT),
        pixelSize: 9,
        color: PLAIN[theme],
        outlineColor: Color.fromCssColorString(accent),
        outlineWidth: 2.5,
        disableDepthTestDistance: Number.POSITIVE_INFINITY,
      });
    const whole = draft.pointer && !draft.isCrossed ? [...draft.ring, draft.pointer] : draft.ring;
    if (whole.length > 2 && !ringMeetsItself(whole, true))
      shown.push(
        createZoneFill(whole, draft.kind, Color.fromCssColorString(accent).withAlpha(0.22), NOTHING),
      );
    shown.push(lines, corners);
    for (const part of shown) stage.scene.primitives.add(part);
  };

  return {
    set(next) {
      draft = next;
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

/** An edge that would cross the outline is dashed in plain ink: it is not taken. */
function addLines(
  lines: PolylineCollection,
  { ring, pointer, isCrossed }: ZoneDraft,
  accent: Color,
  plain: Color,
): void {
  const ink = isCrossed ? plain : accent;
  const last = ring.at(-1);
  if (ring.length > 1)
    lines.add({
      positions: positionsOf(ring, HEIGHT, false),
      width: 4,
      material: Material.fromType("Color", { color: accent }),
    });
  if (last && pointer)
    lines.add({
      positions: positionsOf([last, pointer], HEIGHT, false),
      width: 3,
      material: isCrossed
        ? Material.fromType("PolylineDash", { color: ink, dashLength: 7 })
        : Material.fromType("Color", { color: ink.withAlpha(0.85) }),
    });
  const end = pointer ?? last;
  const first = ring[0];
  if (first && end && ring.length > 1)
    lines.add({
      positions: positionsOf([end, first], HEIGHT, false),
      width: 2,
      material: Material.fromType("PolylineDash", { color: ink.withAlpha(0.7), dashLength: 14 }),
    });
}
