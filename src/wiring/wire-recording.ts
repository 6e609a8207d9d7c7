import { UNNAMED_ACTOR } from "../domain/incident.ts";
import type { PlainCommand } from "../domain/story.ts";
import { Tape } from "../domain/tape.ts";
import { takeTurnRecording } from "../local/recorder-lock.ts";
import { LogThinner } from "../local/thin-log.ts";
import { CommandRecorder } from "./command-recorder.ts";
import { FeedRecorder } from "./feed-recorder.ts";
import type { LogDesk } from "./log-desk.ts";
import type { WireParts } from "./parts.ts";
import type { UnitRecorder } from "./unit-recorder.ts";
import type { RiskWire } from "./wire-risk.ts";

/** Where the camera stands is written down at most this often. */
const VIEW_MS = 5000;
/** Checkpoints and thinning out: little and often. */
const CARE_MS = 20_000;
const SPANS_A_TIME = 5;

interface Tools {
  readonly desk: LogDesk;
  readonly risk: Pick<RiskWire, "onBatch" | "liveTable">;
  readonly unitRecorder: Pick<UnitRecorder, "begin">;
  /** Calls back for every command that has run; returns the unsubscriber. */
  readonly onRan: (fn: (command: PlainCommand) => void) => () => void;
}

/** What is written down: what comes in, what is open, what users do. All of it goes on while the past is shown. */
export function wireRecording(parts: WireParts, tools: Tools): void {
  const { stores, scope } = parts;
  const { desk, risk, unitRecorder } = tools;
  const isLive = () => stores.timeline.get().mode === "live";
  const feeds = new FeedRecorder({
    record: (body, id) => desk.record(body, id),
    liveTable: risk.liveTable,
    ruleTitle: (ruleId) =>
      stores.scenario.get().active?.rules?.find(({ id }) => id === ruleId)?.title ?? null,
  });
  risk.onBatch((feedId, batch) => feeds.take(feedId, batch));
  recordCommands(parts, tools, isLive);
  recordViews(parts, desk, isLive);
  let isRecorder = false;
  const recordScenario = () => {
    if (!isRecorder || !isLive()) return;
    const { active } = stores.scenario.get();
    desk.record({ kind: "scenario", scenario: active?.id ?? null, city: stores.city.get().city });
  };
  scope.add(stores.scenario.watch(({ active }) => active, recordScenario));
  scope.add(stores.city.watch(({ city }) => city, recordScenario));
  scope.add(
    takeTurnRecording(() => {
      isRecorder = true;
      recordScenario();
      feeds.begin();
      unitRecorder.begin();
      careFor(parts, desk);
    }),
  );
}

function recordCommands({ stores, scope }: WireParts, { desk, onRan }: Tools, isLive: () => boolean): void {
  const recorder = new CommandRecorder((command) => {
    const actor = stores.incidents.get().actor.trim() || UNNAMED_ACTOR;
    desk.note(actor, { kind: "command", command });
  });
  scope.add(() => recorder.flush());
  scope.add(
    onRan((command) => {
      if (isLive()) recorder.take(command);
    }),
  );
}

function recordViews({ stores, scope }: WireParts, desk: LogDesk, isLive: () => boolean): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  scope.add(() => {
    if (timer !== null) clearTimeout(timer);
  });
  scope.add(
    stores.camera.watch(
      ({ observed }) => observed,
      () => {
        timer ??= setTimeout(() => {
          timer = null;
          const { observed } = stores.camera.get();
          if (observed && isLive()) desk.record({ kind: "view", pose: observed });
        }, VIEW_MS);
      },
    ),
  );
}

/** Keeps the way back short and the log small, in the background. */
function careFor({ scope, onError }: WireParts, desk: LogDesk): void {
  let work: Promise<void> = Promise.resolve();
  let tools: { thinner: LogThinner; tape: Tape } | null = null;
  const care = async () => {
    const { disk: open } = desk;
    if (!open) return;
    tools ??= { thinner: new LogThinner(open.db), tape: new Tape(open) };
    await tools.tape.at(Date.now());
    for (let span = 0; span < SPANS_A_TIME; span++) if (!(await tools.thinner.step(Date.now()))) break;
  };
  const timer = setInterval(() => {
    work = work.then(care).catch(onError);
  }, CARE_MS);
  scope.add(() => clearInterval(timer));
}
