import type { Command } from "../../commands/schemas.ts";
import type { Basemap, MapDatum } from "../../domain/layer.ts";

/** What the base map dialog holds while it is open. Secrets live here and in the session only. */
export interface BasemapDraft {
  readonly kind: Basemap["kind"];
  readonly url: string;
  readonly layer: string;
  readonly tileMatrixSet: string;
  readonly datum: MapDatum;
  readonly theme: "vec" | "img" | "ter";
  readonly assetId: string;
  readonly tianditu: string;
  readonly ion: string;
}

export function draftFrom(basemap: Basemap): BasemapDraft {
  return {
    kind: basemap.kind,
    url: "url" in basemap ? basemap.url : "",
    layer: basemap.kind === "wmts" ? basemap.layer : "",
    tileMatrixSet: basemap.kind === "wmts" ? basemap.tileMatrixSet : "",
    datum: "datum" in basemap ? basemap.datum : "WGS84",
    theme: basemap.kind === "tianditu" ? basemap.theme : "vec",
    assetId: basemap.kind === "ion" ? String(basemap.assetId) : "2",
    tianditu: "",
    ion: "",
  };
}

/** The commands of a complete draft: the secret first, when one was typed; null while something is missing. */
export function commandsOf(draft: BasemapDraft): readonly Command[] | null {
  const { url, layer, tileMatrixSet, datum } = draft;
  switch (draft.kind) {
    case "offline":
      return [{ type: "set-basemap", basemap: { kind: "offline" } }];
    case "xyz":
      return url.trim() ? [{ type: "set-basemap", basemap: { kind: "xyz", url: url.trim(), datum } }] : null;
    case "wmts":
      return url.trim() && layer.trim() && tileMatrixSet.trim()
        ? [
            {
              type: "set-basemap",
              basemap: {
                kind: "wmts",
                url: url.trim(),
                layer: layer.trim(),
                tileMatrixSet: tileMatrixSet.trim(),
                datum,
              },
            },
          ]
        : null;
    case "tianditu":
      return withSecret("tianditu", draft.tianditu, { kind: "tianditu", theme: draft.theme });
    case "ion": {
      const assetId = Number(draft.assetId);
      return Number.isInteger(assetId) && assetId > 0
        ? withSecret("ion", draft.ion, { kind: "ion", assetId })
        : null;
    }
  }
}

function withSecret(name: string, secret: string, basemap: Basemap): readonly Command[] {
  const commands: Command[] = secret.trim() ? [{ type: "set-secret", name, value: secret.trim() }] : [];
  return [...commands, { type: "set-basemap", basemap }];
}
