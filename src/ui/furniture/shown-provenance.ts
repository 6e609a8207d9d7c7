import type { Layer } from "../../domain/layer.ts";
import type { Provenance, ProvenanceKind, Words } from "../../domain/provenance.ts";
import type { Unit, Zone } from "../../domain/response.ts";
import type { FeedStatus } from "../../domain/risk.ts";

/** Least real first: what must not be taken for the present stands in front. */
const ORDER: readonly ProvenanceKind[] = ["SAMPLE", "SIMULATED", "RECORDED", "LIVE"];

export interface ShownProvenance {
  readonly kind: ProvenanceKind;
  /** Who says so, each once. */
  readonly sources: readonly Words[];
}

interface Shown {
  readonly layers: readonly Layer[];
  readonly feeds: readonly FeedStatus[];
  readonly units: readonly Unit[];
  readonly zones: readonly Zone[];
}

/** Where the things on the screen come from, each kind once. A feed that was turned off shows nothing. */
export function shownProvenance({ layers, feeds, units, zones }: Shown): ShownProvenance[] {
  const all: Provenance[] = [
    ...layers
      .filter(({ visible, status }) => visible && status !== "failed")
      .map((layer) => layer.provenance),
    ...feeds.filter(({ state }) => state !== "off").map((feed) => feed.provenance),
    ...units.map((unit) => unit.provenance),
    ...zones.map((zone) => zone.provenance),
  ];
  return ORDER.flatMap((kind) => {
    const sources = new Map(
      all.filter((one) => one.kind === kind).map(({ source }) => [JSON.stringify(source), source] as const),
    );
    return sources.size === 0 ? [] : [{ kind, sources: [...sources.values()] }];
  });
}
