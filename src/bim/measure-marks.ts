import {
  BufferAttribute,
  BufferGeometry,
  Group,
  LineBasicMaterial,
  LineSegments,
  type PerspectiveCamera,
  Points,
  PointsMaterial,
  Vector3,
} from "three";
import type { MeasureMark } from "./contract.ts";
import { scenePointFromModel } from "./frames.ts";
import type { SnappedPoint } from "./snap.ts";

/** Draws measures over everything, their figures as text beside them, and what the pointer is drawn to. */
export class MeasureMarks {
  readonly group = new Group();
  readonly #host: HTMLElement;
  readonly #lineMaterial = new LineBasicMaterial({ depthTest: false, transparent: true, toneMapped: false });
  readonly #pointMaterial = new PointsMaterial({
    size: 7,
    sizeAttenuation: false,
    depthTest: false,
    transparent: true,
    toneMapped: false,
  });
  readonly #cursor: HTMLElement;
  #labels: { readonly element: HTMLElement; readonly at: Vector3 }[] = [];

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#cursor = document.createElement("div");
    Object.assign(this.#cursor.style, {
      position: "absolute",
      left: "0",
      top: "0",
      width: "11px",
      height: "11px",
      margin: "-7px 0 0 -7px",
      border: "2px solid var(--accent)",
      pointerEvents: "none",
      boxShadow: "0 0 0 1px rgb(0 0 0 / 0.45)",
    });
    this.#cursor.hidden = true;
    host.append(this.#cursor);
  }

  setAccent(color: number): void {
    this.#lineMaterial.color.set(color);
    this.#pointMaterial.color.set(color);
  }

  set(marks: readonly MeasureMark[]): void {
    this.#clear();
    const lines: number[] = [];
    const points: number[] = [];
    for (const { points: ring, isClosed, label } of marks) {
      const scene = ring.map(scenePointFromModel);
      points.push(...scene.flat());
      scene.forEach((point, i) => {
        const next = scene[i + 1] ?? (isClosed && scene.length > 2 ? scene[0] : undefined);
        if (next) lines.push(...point, ...next);
      });
      if (label && scene.length > 0) this.#addLabel(label, middleOf(scene));
    }
    this.group.add(
      new LineSegments(geometryOf(lines), this.#lineMaterial),
      new Points(geometryOf(points), this.#pointMaterial),
    );
    for (const child of this.group.children) {
      child.renderOrder = 20;
      child.frustumCulled = false;
    }
  }

  /** A square for a vertex, a diamond for an edge, a ring for a face; null takes it away. `x`, `y` in pixels. */
  point(snapped: SnappedPoint | null, x = 0, y = 0): void {
    this.#cursor.hidden = snapped === null;
    if (!snapped) return;
    const turn = snapped.kind === "edge" ? " rotate(45deg)" : "";
    this.#cursor.style.borderRadius = snapped.kind === "face" ? "50%" : "0";
    this.#cursor.style.transform = `translate(${x}px, ${y}px)${turn}`;
  }

  /** After each frame. */
  follow(camera: PerspectiveCamera): void {
    const { clientWidth: width, clientHeight: height } = this.#host;
    for (const { element, at } of this.#labels) {
      const seen = at.clone().project(camera);
      element.hidden = seen.z > 1;
      element.style.transform = `translate(${((seen.x + 1) / 2) * width}px, ${((1 - seen.y) / 2) * height}px) translate(10px, -50%)`;
    }
  }

  dispose(): void {
    this.#clear();
    this.#cursor.remove();
    this.#lineMaterial.dispose();
    this.#pointMaterial.dispose();
  }

  #addLabel(text: string, at: Vector3): void {
    const element = document.createElement("div");
    element.textContent = text;
    Object.assign(element.style, {
      position: "absolute",
      left: "0",
      top: "0",
      padding: "2px 6px",
      borderRadius: "4px",
      font: "500 12px/1.4 var(--font)",
      fontVariantNumeric: "tabular-nums",
      whiteSpace: "pre",
      color: "var(--text-1)",
      background: "var(--panel-solid)",
      boxShadow: "0 0 0 1px var(--line-strong)",
      pointerEvents: "none",
    });
    this.#host.append(element);
    this.#labels.push({ element, at });
  }

  #clear(): void {
    for (const child of this.group.children) (child as LineSegments).geometry.dispose();
    this.group.clear();
    for (const { element } of this.#labels) element.remove();
    this.#labels = [];
  }
}

function geometryOf(values: readonly number[]): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(values), 3));
  return geometry;
}

/** Half way along a line; the middle of the corners of a ring. */
function middleOf(points: readonly (readonly [number, number, number])[]): Vector3 {
  const sum = points.reduce((total, point) => total.add(new Vector3(...point)), new Vector3());
  return points.length === 3 ? new Vector3(...points[1]!) : sum.divideScalar(points.length);
}
