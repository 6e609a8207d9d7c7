import type { PlaceDeg } from "./pose.ts";

export type AttributeValue = string | number | boolean | null;

/** What the user has chosen; exactly one thing or nothing. */
export type Selection =
  | { readonly kind: "none" }
  | {
      readonly kind: "building";
      readonly layerId: string;
      /** The `id` attribute of the property table, stable across rebuilds. */
      readonly buildingId: string;
      readonly attributes: Readonly<Record<string, AttributeValue>>;
      readonly place?: PlaceDeg;
    }
  | {
      readonly kind: "element";
      readonly modelId: string;
      readonly globalId: string;
      readonly place?: PlaceDeg;
    }
  | {
      readonly kind: "feature";
      readonly layerId: string;
      /** Its position among the shown features of the layer. */
      readonly feature: number;
      readonly title: string;
      readonly attributes: Readonly<Record<string, AttributeValue>>;
      readonly place: PlaceDeg;
      /** Metres across. */
      readonly size: number;
    }
  | { readonly kind: "sensor"; readonly sensorId: string }
  | { readonly kind: "warning"; readonly warningId: string }
  | { readonly kind: "unit"; readonly unitId: string }
  | { readonly kind: "zone"; readonly zoneId: string };

export const NO_SELECTION: Selection = { kind: "none" };
