import { BillboardCollection, Color, LabelCollection, PolylineCollection, type Primitive } from "cesium";
import type { Warning } from "../domain/risk.ts";
import { currentText } from "./label-text.ts";
import { drawMark, WARNING_HEX } from "./marks.ts";
import type { OverlayMark } from "./picking.ts";
import type { Stage, StagePart } from "./stage.ts";
import { type Ring, ringsOfWarning } from "./warning-rings.ts";
import { addLine, addSign, createCurtain, createFill } from "./warning-shapes.ts";

type Removable = Primitive | PolylineCollection | BillboardCollection | LabelCollection;

export interface WarningOverlay extends StagePart {
  set(warnings: readonly Warning[]): void;
  setVisible(visible: boolean): void;
  setTheme(uiTheme: "night" | "day", accent: string): void;
  choose(warningId: string | null): void;
  /** After the page's language has changed. */
  relabel(): void;
}

export function createWarningOverlay(): WarningOverlay {
  return new WarningAreas();
}

function markOf(warning: Warning): OverlayMark {
  return { overlay: "warning", row: -1, id: warning.id };
}

class WarningAreas implements WarningOverlay {
  #stage: Stage | null = null;
  #warnings: readonly Warning[] = [];
  #visible = true;
  #theme: "night" | "day" = "night";
  #accent = "#3dd6c3";
  #chosen: string | null = null;
  #shown: Removable[] = [];

  set(warnings: readonly Warning[]): void {
    this.#warnings = warnings;
    this.#build();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    for (const part of this.#shown) part.show = visible;
    this.#stage?.requestRender();
  }

  setTheme(uiTheme: "night" | "day", accent: string): void {
    if (this.#theme === uiTheme && this.#accent === accent) return;
    this.#theme = uiTheme;
    this.#accent = accent;
    this.#build();
  }

  choose(warningId: string | null): void {
    if (warningId === this.#chosen) return;
    this.#chosen = warningId;
    this.#build();
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
    this.#shown = [];
  }

  #clear(): void {
    if (this.#stage) for (const part of this.#shown) this.#stage.scene.primitives.remove(part);
    this.#shown = [];
  }

  #build(): void {
    this.#clear();
    const stage = this.#stage;
    if (!stage || this.#warnings.length === 0) return;
    const lines = new PolylineCollection();
    const icons = new BillboardCollection({ scene: stage.scene });
    const labels = new LabelCollection({ scene: stage.scene });
    const worstLast = [...this.#warnings].sort((a, b) => b.level - a.level);
    for (const warning of worstLast) {
      const rings = ringsOfWarning(warning);
      for (const ring of rings) this.#addRing(warning, ring, lines);
      if (rings[0]) this.#addSign(warning, rings[0], icons, labels);
    }
    this.#shown.push(lines, icons, labels);
    for (const part of this.#shown) {
      part.show = this.#visible;
      stage.scene.primitives.add(part);
    }
    stage.requestRender();
  }

  #addRing(warning: Warning, ring: Ring, lines: PolylineCollection): void {
    const isChosen = warning.id === this.#chosen;
    const base = Color.fromCssColorString(WARNING_HEX[this.#theme][warning.level]);
    const id = markOf(warning);
    const strength = isChosen ? 1.5 : 1;
    const fill = base.withAlpha((this.#theme === "night" ? 0.14 : 0.17) * strength);
    this.#shown.push(createFill(ring, fill, warning.level));
    this.#shown.push(createCurtain(ring, base.withAlpha(0.34 * strength), id));
    addLine(lines, ring, base.withAlpha(0.95), isChosen ? 4 : 2.5, id);
  }

  #addSign(warning: Warning, ring: Ring, icons: BillboardCollection, labels: LabelCollection): void {
    const rim = this.#theme === "night" ? "#0b1016" : "#ffffff";
    const emphasis = warning.id === this.#chosen ? this.#accent : null;
    addSign(icons, labels, ring, {
      id: markOf(warning),
      image: drawMark(warning.level, WARNING_HEX[this.#theme][warning.level], rim, emphasis),
      text: currentText(warning.event),
      theme: this.#theme,
    });
  }
}
