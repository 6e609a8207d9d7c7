import { Cartesian2, Cartesian3, type Label, type Scene, SceneTransforms } from "cesium";
import { type Box, keepApart, textWidth } from "./keep-apart.ts";

/** A label that may step back for a weightier one. */
export interface WeighedLabel {
  readonly label: Label;
  /** More stays. */
  readonly weight: number;
  /** Beyond this distance in metres it is not shown at all. */
  readonly reach: number;
  readonly nearest: number;
  /** Of labels that say the same thing only the weightiest that is on screen is shown. */
  readonly group?: string;
  /** CSS pixels from the place down to the label's foot. Default 0: the label stands on its place. */
  readonly drop?: number;
  /** What goes with the label: a stem. */
  readonly onShow?: (shown: boolean) => void;
}

const MARGIN = 4;
const scratch = new Cartesian2();

/** Shows the labels that have room on screen; earlier ones have the right of way. True when anything changed. */
export function declutter(scene: Scene, labels: readonly WeighedLabel[]): boolean {
  const { clientWidth, clientHeight } = scene.canvas;
  const eye = scene.camera.positionWC;
  const spoken = new Set<string>();
  const boxes = labels.map(({ label, reach, nearest, group, drop = 0 }): Box | null => {
    if (group !== undefined && spoken.has(group)) return null;
    const distance = Cartesian3.distance(eye, label.position);
    if (distance > reach || distance < nearest) return null;
    const at = SceneTransforms.worldToWindowCoordinates(scene, label.position, scratch);
    if (!at || at.x < -80 || at.y < -20 || at.x > clientWidth + 80 || at.y > clientHeight + 40) return null;
    if (group !== undefined) spoken.add(group);
    const pixels = Number.parseInt(/(\d+)px/.exec(label.font)?.[1] ?? "14", 10);
    const half = textWidth(label.text, pixels) / 2 + MARGIN;
    return {
      left: at.x - half,
      right: at.x + half,
      top: at.y + drop - pixels * 1.5 - MARGIN,
      bottom: at.y + drop + MARGIN,
    };
  });
  let changed = false;
  keepApart(boxes).forEach((shown, k) => {
    const weighed = labels[k]!;
    if (weighed.label.show === shown) return;
    weighed.label.show = shown;
    weighed.onShow?.(shown);
    changed = true;
  });
  return changed;
}
