import { Cartesian2, Cartesian3, type Label, type Scene, SceneTransforms } from "cesium";

/** A label that may step back for a weightier one. */
export interface WeighedLabel {
  readonly label: Label;
  /** More stays. */
  readonly weight: number;
  /** Beyond this distance in metres it is not shown at all. */
  readonly reach: number;
  readonly nearest: number;
  /** What goes with the label: a stem. */
  readonly onShow?: (shown: boolean) => void;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const MARGIN = 4;

/** Width on screen by character: CJK are square, Latin about half; close enough for keeping apart. */
export function textWidth(text: string, pixels: number): number {
  let width = 0;
  for (const char of text)
    width += char > "\u2e7f" ? pixels : char < "\u2000" || char > "\u200b" ? pixels * 0.56 : pixels * 0.2;
  return width;
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Which of the boxes stay when earlier ones have the right of way. */
export function keepApart(boxes: readonly (Box | null)[]): boolean[] {
  const kept: Box[] = [];
  return boxes.map((box) => {
    if (!box || kept.some((other) => overlaps(box, other))) return false;
    kept.push(box);
    return true;
  });
}

const scratch = new Cartesian2();

/** Shows the labels that have room on screen, by weight. True when anything changed. */
export function declutter(scene: Scene, labels: readonly WeighedLabel[]): boolean {
  const { clientWidth, clientHeight } = scene.canvas;
  const eye = scene.camera.positionWC;
  const boxes = labels.map(({ label, reach, nearest }): Box | null => {
    const distance = Cartesian3.distance(eye, label.position);
    if (distance > reach || distance < nearest) return null;
    const at = SceneTransforms.worldToWindowCoordinates(scene, label.position, scratch);
    if (!at || at.x < -80 || at.y < -20 || at.x > clientWidth + 80 || at.y > clientHeight + 40) return null;
    const pixels = Number.parseInt(/(\d+)px/.exec(label.font)?.[1] ?? "14", 10);
    const half = textWidth(label.text, pixels) / 2 + MARGIN;
    return {
      left: at.x - half,
      right: at.x + half,
      top: at.y - pixels * 1.5 - MARGIN,
      bottom: at.y + MARGIN,
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
