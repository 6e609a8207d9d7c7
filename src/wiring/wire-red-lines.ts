import { toPlainError } from "../base/errors.ts";
import type { ModelEntry } from "../domain/model.ts";
import type { CheckedModel } from "../domain/red-line.ts";
import { redLineCsv, redLineGeoJson } from "../domain/red-line-export.ts";
import { readModelNotes } from "./model-memory.ts";
import { footprintRing, placeOfModel } from "./model-placement.ts";
import type { OnemapDesk } from "./onemap-desk.ts";
import type { WireParts } from "./parts.ts";
import { saveFile } from "./save-file.ts";

export interface RedLineWire {
  checkRedLines(): Promise<void>;
  exportRedLines(format: "csv" | "geojson"): Promise<void>;
}

/** Buildings and models of the city against its plan. A result is of its city: another city takes it away. */
export function wireRedLines({ stores, scope }: WireParts, onemap: OnemapDesk): RedLineWire {
  const forget = () => stores.redLines.set({ status: "off", report: null, error: null });
  scope.add(stores.city.watch((s) => s.city, forget));
  return {
    checkRedLines: async () => {
      const { city } = stores.city.get();
      stores.redLines.set({ status: "running", error: null });
      try {
        const report = await onemap.redLines(checkedModels(stores.models.get().models));
        if (stores.city.get().city === city) stores.redLines.set({ status: "done", report });
      } catch (error) {
        stores.redLines.set({ status: "failed", report: null, error: toPlainError(error) });
        throw error;
      }
    },
    exportRedLines: async (format) => {
      const { report } = stores.redLines.get();
      if (!report) return;
      const language = stores.ui.get().locale === "en" ? "en" : "zh";
      const { city } = stores.city.get();
      const text =
        format === "csv" ? redLineCsv(report, language, Date.now()) : redLineGeoJson(report, Date.now());
      saveFile({
        name: `red-lines-${city}.${format}`,
        type: format === "csv" ? "text/csv" : "application/geo+json",
        text,
      });
    },
  };
}

/** Models that stand in the city, by the outline of their box. One too large for a building is no building. */
function checkedModels(models: readonly ModelEntry[]): CheckedModel[] {
  const notes = readModelNotes();
  return models.flatMap((model): CheckedModel[] => {
    const place = placeOfModel(model.georeference, notes[model.id]?.place ?? null);
    const ring = place && footprintRing(model.box, place);
    if (!ring) return [];
    const height = Math.round((model.box.max[2] - Math.max(0, model.box.min[2])) * 10) / 10;
    return [{ id: model.id, name: model.name, ring, height }];
  });
}
