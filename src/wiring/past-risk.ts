import type { EventLog } from "../domain/event-log.ts";
import { type FeedMoment, movesOfFeed } from "../domain/feed-moment.ts";
import type { LocalText } from "../domain/provenance.ts";
import type { Unit } from "../domain/response.ts";
import type { FeedStatus } from "../domain/risk.ts";
import type { ScenarioManifest } from "../domain/scenario.ts";
import type { TwinMoment } from "../domain/twin-moment.ts";
import { AlertBoard } from "./alert-board.ts";
import type { FeedTable } from "./sensor-desk.ts";
import type { PastRisk } from "./wire-risk.ts";

/** A feed that says nothing for so long was not recorded: its page was closed. It speaks once a minute otherwise. */
const SILENT_MS = 150_000;
const SERIES_MS = 15 * 60_000;
const SERIES_POINTS = 600;
const NOT_RECORDED: LocalText = { zh: "此时没有记录", en: "Nothing was recorded at this time" };

/** What a moment shows of risk at a time. */
export function pastRiskOf(
  moment: TwinMoment,
  atMs: number,
  scenario: ScenarioManifest | null,
  log: EventLog,
  locale: "zh-CN" | "en",
): PastRisk {
  const feeds = [...moment.feeds.values()];
  const board = new AlertBoard();
  board.setRules(scenario?.rules ?? []);
  for (const { feedId, alerts } of feeds)
    board.put(
      feedId,
      [...alerts.values()].map(({ alert }) => alert),
    );
  return {
    feeds: feeds.map((feed) => statusThen(feed, atMs, locale)),
    tables: feeds.filter(hasKnownPlaces).map(tableOf),
    tracks: feeds.flatMap(({ tracks }) => tracks),
    atMs,
    warnings: feeds.flatMap(({ warnings }) => [...warnings.values()]),
    groups: board.groups(),
    kindNames: Object.keys(scenario?.sensorKinds ?? {}),
    series: (feedId, row) => seriesOf(log, feedId, row, atMs),
  };
}

/** A log of before has no places of vehicles: they are left out, since where they were first seen would be a lie. */
function hasKnownPlaces({ sensors, places }: FeedMoment): boolean {
  return sensors.length > 0 && (places !== null || !sensors.every(({ isMoving }) => isMoving));
}

function tableOf(feed: FeedMoment): FeedTable {
  const { feedId, sensors, values, timesMs, levels } = feed;
  return { feedId, sensors, values, timesMs, levels, moved: movesOfFeed(feed) };
}

/** Units as they were last reported; none where nothing at all was recorded at that time. */
export function pastUnitsOf({ feeds, units }: TwinMoment, atMs: number): readonly Unit[] {
  const heardMs = Math.max(0, ...[...feeds.values()].map((feed) => feed.heardMs));
  return atMs - heardMs > SILENT_MS ? [] : [...units.values()];
}

function statusThen(feed: FeedMoment, atMs: number, locale: "zh-CN" | "en"): FeedStatus {
  const isSilent = atMs - feed.heardMs > SILENT_MS;
  const source = feed.status?.provenance.source ?? feed.title;
  return {
    ...(feed.status ?? NO_STATUS),
    id: feed.feedId,
    title: feed.title,
    state: isSilent ? "off" : feed.state,
    provenance: feed.status?.provenance.kind === "SIMULATED" ? feed.status.provenance : recorded(source),
    ratePerS: 0,
    retryAtMs: null,
    lastMessageMs: feed.status?.lastMessageMs ?? feed.heardMs,
    ...(isSilent && { error: locale === "en" ? NOT_RECORDED.en : NOT_RECORDED.zh }),
  };
}

function recorded(source: FeedStatus["provenance"]["source"]): FeedStatus["provenance"] {
  return { kind: "RECORDED", source };
}

const NO_STATUS = {
  url: "",
  received: 0,
  rejected: 0,
  attempt: 0,
  error: null,
  issues: [],
} as const;

/** Values of one sensor in the quarter of an hour before, out of the log; newest 600. */
async function seriesOf(
  log: EventLog,
  feedId: string,
  row: number,
  atMs: number,
): Promise<{ timesMs: number[]; values: number[] }> {
  const timesMs: number[] = [];
  const values: number[] = [];
  let place = await log.placeAt(atMs - SERIES_MS);
  const until = await log.placeAt(atMs);
  while (place < until) {
    const page = await log.read(place, until, 64);
    for (const { event } of page.entries) {
      if (event.kind === "sensors" && event.feedId === feedId) timesMs.length = values.length = 0;
      if (event.kind !== "readings" || event.feedId !== feedId) continue;
      const at = event.rows.indexOf(row);
      if (at < 0) continue;
      timesMs.push(event.timesMs[at]!);
      values.push(event.values[at]!);
    }
    place = page.lastPlace;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { timesMs: timesMs.slice(-SERIES_POINTS), values: values.slice(-SERIES_POINTS) };
}
