import { TwinError } from "../base/errors.ts";
import type { CommandPorts } from "../commands/ports.ts";
import type { EventLog, LogSpan } from "../domain/event-log.ts";
import { momentHash, prepareHash } from "../domain/moment-hash.ts";
import {
  eventsOfMoment,
  type IncidentPackage,
  PACKAGE_FORMAT,
  PACKAGE_VERSION,
  viewsOf,
} from "../domain/package.ts";
import { Tape } from "../domain/tape.ts";
import type { TwinEvent } from "../domain/twin-event.ts";
import { readPackage, writePackage } from "../local/package-file.ts";
import { putNotice } from "../state/put-notice.ts";
import type { FileDesk } from "./file-desk.ts";
import type { WireParts } from "./parts.ts";
import { saveBlob } from "./save-file.ts";
import type { TimelineWire } from "./wire-timeline.ts";

/** An incident's package begins so long before it was opened: what led to it. */
const LEAD_MS = 30 * 60_000;
/** A package of no incident has the newest day. */
const DAY_MS = 24 * 3_600_000;
const PAGE = 64;

interface Tools {
  readonly timeline: Pick<TimelineWire, "source" | "openPackage">;
  readonly files: FileDesk;
  readonly chooseFile: () => void;
}

/** Incident packages: out of the log that is looked at into a file, and back. */
export function wirePackages(
  { stores }: WireParts,
  { timeline, files, chooseFile }: Tools,
): Pick<CommandPorts, "exportPackage" | "importPackage"> {
  return {
    exportPackage: async (incidentId) => {
      const { log } = await timeline.source();
      const opened = await packageOf(log, incidentId, Date.now());
      const name = `liaotwin-${incidentId ?? "log"}-${stampOf(opened.manifest.span.toMs)}.zip`;
      saveBlob(name, await writePackage(opened));
      const { entries } = opened.manifest.span;
      putNotice(stores, { tone: "good", key: "timeline.exported", params: { name, count: entries } });
    },
    importPackage: async (source) => {
      if (source === null) return chooseFile();
      const file = source.startsWith("file:") ? files.take(source) : await download(source);
      const opened = await readPackage(file);
      await timeline.openPackage(opened);
      const { skipped } = opened;
      if (skipped > 0)
        putNotice(stores, { tone: "info", key: "timeline.skipped", params: { count: skipped } });
    },
  };
}

/** A part of a log that adds up to the same moments. Throws TwinError `timeline.empty`, `incident.unknown`. */
export async function packageOf(
  log: EventLog,
  incidentId: string | null,
  nowMs: number,
): Promise<IncidentPackage> {
  const whole = await log.span();
  if (!whole) throw new TwinError("timeline.empty", "Nothing has been recorded yet.");
  const decisions = (await log.readKinds(["incident"])).map(({ event }) => event);
  const { fromMs, toMs } = spanOf(whole, decisions, incidentId);
  const start = await log.placeAt(fromMs - 1);
  const until = await log.placeAt(toMs);
  const tape = new Tape(log);
  const before = await tape.at(fromMs - 1);
  const earlier = decisions.filter((event) => event.timeMs < fromMs);
  const events: TwinEvent[] = start > 0 ? eventsOfMoment(before, earlier) : [];
  for (let place = start; place < until; ) {
    const page = await log.read(place, until, PAGE);
    events.push(...page.entries.map(({ event }) => event));
    place = page.lastPlace;
  }
  const moment = await tape.at(toMs);
  await prepareHash(moment);
  const incident = incidentId === null ? null : moment.incidents.get(incidentId);
  return {
    manifest: {
      format: PACKAGE_FORMAT,
      version: PACKAGE_VERSION,
      title: incident?.title.zh || incident?.title.en || stampOf(toMs),
      city: moment.city,
      scenario: moment.scenario,
      incidentId,
      span: { fromMs, toMs, entries: events.length },
      hash: momentHash(moment),
      exportedMs: nowMs,
    },
    events,
    views: viewsOf(events),
  };
}

function spanOf(
  whole: LogSpan,
  decisions: readonly TwinEvent[],
  incidentId: string | null,
): { readonly fromMs: number; readonly toMs: number } {
  const { toMs } = whole;
  if (incidentId === null) return { fromMs: Math.max(whole.fromMs, toMs - DAY_MS), toMs };
  const opened = decisions.find(
    (event) => event.kind === "incident" && event.command.incidentId === incidentId,
  );
  if (!opened)
    throw new TwinError("incident.unknown", `There is no incident ${incidentId}.`, { id: incidentId });
  return { fromMs: Math.max(whole.fromMs, opened.timeMs - LEAD_MS), toMs };
}

async function download(url: string): Promise<Blob> {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok)
    throw new TwinError("package.unreachable", `The package at ${url} could not be fetched.`, { url });
  return response.blob();
}

/** Beijing time as part of a file name: 20261122-1620. */
function stampOf(timeMs: number): string {
  const text = new Date(timeMs + 8 * 3_600_000).toISOString();
  return `${text.slice(0, 10).replaceAll("-", "")}-${text.slice(11, 16).replace(":", "")}`;
}
