import { TwinError } from "../base/errors.ts";
import type { TyphoonFeedConfig } from "../domain/feed-config.ts";
import type { FeedAdapter, FeedEvents, HttpContext } from "./feed-adapter.ts";
import { getBytes, publicUrl } from "./http-get.ts";
import { readJson, type Tracks } from "./payload.ts";
import { openPoll } from "./poll-link.ts";
import { decodeBestTracks } from "./rsmc-best-track.ts";
import { decodeStormTracks } from "./storm-tracks-json.ts";

const ACCEPT = "application/json, text/plain";

/** Storm tracks that are asked for again and again: RSMC Tokyo best tracks, or JSON, told apart by how they begin. */
export class TyphoonAdapter implements FeedAdapter {
  readonly #context: HttpContext;
  readonly #options: TyphoonFeedConfig["options"];

  constructor(context: HttpContext, options: TyphoonFeedConfig["options"]) {
    this.#context = context;
    this.#options = options;
  }

  open(events: FeedEvents) {
    const { clock, url } = this.#context;
    return openPoll(clock, this.#options.intervalS, events, async (guarded, signal) => {
      const read = readTracks(await getBytes(this.#context, url, ACCEPT, signal));
      guarded.opened(null);
      guarded.message(publicUrl(url), () => chosen(read, this.#options));
    });
  }
}

/** Throws TwinError `feed.tracks` or `feed.payload` for what holds no track at all. */
export function readTracks(payload: Uint8Array): Tracks {
  const start = String.fromCharCode(...payload.subarray(0, 64)).trimStart();
  if (start.startsWith("{")) return decodeStormTracks(readJson(payload, payload.byteLength));
  if (!start.startsWith("66666"))
    throw new TwinError("feed.tracks", "Storm tracks: the payload should be best tracks or JSON.", {
      place: "the payload",
      expected: "66666 … or { tracks: […] }",
    });
  // names are ASCII; a stray byte must not cost the whole file
  return decodeBestTracks(new TextDecoder("latin1").decode(payload));
}

/** The tracks that are wanted, the last ones in the file first to stay. */
function chosen(read: Tracks, { ids, box, newest }: TyphoonFeedConfig["options"]): Tracks {
  const wanted = read.tracks.filter(
    ({ id, points }) =>
      (ids === undefined || ids.includes(id)) &&
      (box === undefined ||
        points.some(
          ({ longitudeDeg, latitudeDeg }) =>
            longitudeDeg >= box[0] &&
            latitudeDeg >= box[1] &&
            longitudeDeg <= box[2] &&
            latitudeDeg <= box[3],
        )),
  );
  return { ...read, tracks: newest === undefined ? wanted : wanted.slice(-newest) };
}
