import { expect, it } from "vitest";
import type { Layer } from "../../domain/layer.ts";
import type { ProvenanceKind } from "../../domain/provenance.ts";
import type { FeedStatus } from "../../domain/risk.ts";
import { shownProvenance } from "./shown-provenance.ts";

const layer = (kind: ProvenanceKind, source: string, part: Partial<Layer> = {}): Layer => ({
  id: source,
  kind: "sensors",
  title: { zh: "", en: "" },
  visible: true,
  opacity: 1,
  status: "ready",
  provenance: { kind, source },
  removable: false,
  ...part,
});
const feed = (kind: ProvenanceKind, source: string, state: FeedStatus["state"]) =>
  ({ state, provenance: { kind, source } }) as FeedStatus;

it("lists each kind once, the least real first, with every source once", () => {
  const shown = shownProvenance({
    layers: [layer("LIVE", "a"), layer("SAMPLE", "b"), layer("LIVE", "c"), layer("LIVE", "a")],
    feeds: [feed("SIMULATED", "d", "live")],
    units: [],
    zones: [],
  });
  expect(shown).toEqual([
    { kind: "SAMPLE", sources: ["b"] },
    { kind: "SIMULATED", sources: ["d"] },
    { kind: "LIVE", sources: ["a", "c"] },
  ]);
});

it("leaves out what is hidden, has failed or is off, and keeps a lost feed's", () => {
  const shown = shownProvenance({
    layers: [layer("SAMPLE", "a", { visible: false }), layer("RECORDED", "b", { status: "failed" })],
    feeds: [feed("LIVE", "c", "off"), feed("SIMULATED", "d", "lost")],
    units: [],
    zones: [],
  });
  expect(shown.map(({ kind }) => kind)).toEqual(["SIMULATED"]);
});
