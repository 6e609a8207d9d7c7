import type { StormTrack } from "../domain/storm-track.ts";
import type { WireParts } from "./parts.ts";
import type { RiskWire } from "./wire-risk.ts";

/** The ways of tropical cyclones of all feeds are on the map, as they are known now. */
export function wireTracks({ stores, view, scope }: WireParts, { onBatch }: RiskWire): void {
  const tracks = new Map<string, readonly StormTrack[]>();
  const draw = () => view.setTracks([...tracks.values()].flat(), stores.timeline.get().atMs ?? Date.now());
  onBatch((feedId, batch) => {
    if (batch?.tracks) tracks.set(feedId, batch.tracks);
    else if (batch !== null || !tracks.delete(feedId)) return;
    draw();
  });
  scope.add(stores.timeline.watch((s) => s.atMs, draw));
}
