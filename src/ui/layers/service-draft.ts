import type { MapServiceInput, MapServiceKind } from "../../domain/map-service.ts";
import type { ServiceLayer } from "../../domain/service-layer.ts";

/** What the dialog of map services holds while it is open. */
export interface ServiceDraft {
  readonly kind: MapServiceKind;
  readonly name: string;
  readonly url: string;
  readonly layer: string;
  readonly matrixSet: string;
  readonly style: string;
  readonly format: string;
  readonly datum: "WGS84" | "GCJ02";
  readonly tianditu: "vec" | "cva" | "img" | "cia" | "ter" | "cta" | "ibo";
  /** Kept for the session only. */
  readonly key: string;
}

export const EMPTY_DRAFT: ServiceDraft = {
  kind: "wmts",
  name: "",
  url: "",
  layer: "",
  matrixSet: "",
  style: "",
  format: "image/png",
  datum: "WGS84",
  tianditu: "img",
  key: "",
};

/** The service of a complete draft; null while something is missing. */
export function serviceOf(draft: ServiceDraft): MapServiceInput | null {
  const { kind, datum, format, style } = draft;
  const [url, layer, matrixSet] = [draft.url.trim(), draft.layer.trim(), draft.matrixSet.trim()];
  if (kind === "tianditu") return { kind, layer: draft.tianditu };
  if (url === "") return null;
  switch (kind) {
    case "wmts":
      return layer && matrixSet
        ? { kind, url, layer, tileMatrixSet: matrixSet, style: style || "default", format, datum }
        : null;
    case "wms":
      return layer ? { kind, url, layer, style, format } : null;
    case "xyz":
      return { kind, url, datum };
    case "arcgis":
      return layer ? { kind, url, layer } : { kind, url };
    default:
      return { kind, url };
  }
}

/** The draft with a layer that the server offers: its first matrix set, style and a picture format. */
export function withLayer(draft: ServiceDraft, layer: ServiceLayer): ServiceDraft {
  const format =
    layer.formats.find((one) => one === "image/png") ?? layer.formats.find((one) => /^image\//.test(one));
  return {
    ...draft,
    layer: layer.name,
    name: draft.name || layer.title,
    matrixSet: layer.matrixSets[0] ?? draft.matrixSet,
    style: layer.styles[0] ?? "",
    format: format ?? draft.format,
    ...(layer.template && { url: layer.template }),
  };
}

/** The address without its question, for asking what there is. */
export function canAsk({ kind, url }: ServiceDraft): boolean {
  return (kind === "wms" || kind === "wmts") && /^(https?:\/)?\/\S+/.test(url.trim());
}
