import type { Provenance } from "../domain/provenance.ts";
import type { StormTrack } from "../domain/storm-track.ts";
import type { DecodedTrack } from "./payload.ts";

const MAX_TRACKS = 500;

/** The storm tracks of a feed, newest state of each. */
export class TrackBoard {
  readonly #feed: { readonly feedId: string; readonly provenance: Provenance };
  readonly #tracks = new Map<string, StormTrack>();
  #isChanged = false;

  constructor(feed: { readonly feedId: string; readonly provenance: Provenance }) {
    this.#feed = feed;
  }

  /** Takes tracks over. Returns the time of the newest analysed point among them, null when there is none before `nowMs`. */
  put(tracks: readonly DecodedTrack[], isComplete: boolean, nowMs: number): number | null {
    let newestMs: number | null = null;
    for (const track of tracks) {
      const known = this.#tracks.get(track.id);
      if (
        !known ||
        JSON.stringify([known.name, known.points]) !== JSON.stringify([track.name, track.points])
      ) {
        this.#tracks.delete(track.id);
        this.#tracks.set(track.id, { ...track, ...this.#feed });
        this.#isChanged = true;
      }
      for (const { isForecast, timeMs } of track.points)
        if (!isForecast && timeMs <= nowMs && timeMs > (newestMs ?? Number.NEGATIVE_INFINITY))
          newestMs = timeMs;
    }
    if (isComplete) this.#retain(new Set(tracks.map(({ id }) => id)));
    while (this.#tracks.size > MAX_TRACKS) this.#tracks.delete(this.#tracks.keys().next().value!);
    return newestMs;
  }

  /** All tracks when one changed since the last call, else null. */
  take(): readonly StormTrack[] | null {
    if (!this.#isChanged) return null;
    this.#isChanged = false;
    return [...this.#tracks.values()];
  }

  #retain(ids: ReadonlySet<string>): void {
    for (const id of this.#tracks.keys())
      if (!ids.has(id)) {
        this.#tracks.delete(id);
        this.#isChanged = true;
      }
  }
}
