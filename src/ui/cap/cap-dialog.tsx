import { useMemo, useState } from "react";
import { parseCapAreas } from "../../domain/cap-area.ts";
import { type CapProblem, checkCapDraft, isIssuable } from "../../domain/cap-check.ts";
import { draftCap } from "../../domain/cap-draft.ts";
import type { CapDraft, CapMessage } from "../../domain/cap-message.ts";
import { capInForce } from "../../domain/cap-records.ts";
import { issueCap, updateCap, writeCap } from "../../domain/cap-writer.ts";
import { CITIES } from "../../domain/city.ts";
import type { Incident } from "../../domain/incident.ts";
import type { CapProfile } from "../../state/duty-stores.ts";
import type { Stores } from "../../state/stores.ts";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { useAttempt } from "../use-attempt.ts";
import { useRun } from "../use-run.ts";
import { CapChecks } from "./cap-checks.tsx";
import { CapConfirm } from "./cap-confirm.tsx";
import { CapFields } from "./cap-fields.tsx";
import { type CapForm, draftOf, formOf } from "./cap-form-state.ts";
import { CapOutlets } from "./cap-outlets.tsx";
import "./cap.css";

/** The first wording, out of everything that is known of the incident now. */
function firstDraft(stores: Stores, incident: Incident, nowMs: number): CapDraft {
  const ids = new Set(incident.alertIds);
  const { sensors, warnings } = stores.risk.get();
  const names = new Map(sensors.map(({ id, name }) => [id, name]));
  return draftCap({
    incident,
    alerts: stores.alerts
      .get()
      .groups.flatMap(({ rule, alerts }) => alerts.map((alert) => ({ rule, alert })))
      .filter(({ alert }) => ids.has(alert.id)),
    warnings: warnings.filter(({ id }) => ids.has(id)),
    zones: stores.response.get().zones,
    sensorName: (id) => names.get(id),
    city: CITIES[stores.city.get().city].name,
    senderName: stores.cap.get().profile.senderName,
    category: stores.scenario.get().active?.capCategory ?? "Safety",
    before: capInForce(incident, nowMs),
    nowMs,
  });
}

/** How the message will read; its identifier and time are given when it is issued. */
function previewOf(draft: CapDraft, before: CapMessage | null, profile: CapProfile, nowMs: number): string {
  const by = { identifier: "LT-PREVIEW", sender: profile.sender, status: profile.status, sentMs: nowMs };
  return writeCap(before ? updateCap(before, draft, by) : issueCap(draft, by));
}

/** Draft, check, preview, confirm: a warning of the incident that `draft-cap` named. */
export function CapDialog() {
  const { stores } = useTwin();
  const run = useRun();
  const id = useStore(stores.cap, (state) => state.draftFor);
  const incident = useStore(stores.incidents, (state) => state.incidents.find((one) => one.id === id));
  const close = () => run({ type: "open-overlay", overlay: "none" });
  return incident ? <Draft key={incident.id} incident={incident} onClose={close} /> : null;
}

/** As a command carries it: lists of its own. */
function plainDraft(draft: CapDraft) {
  const polygons = draft.polygons.map((ring) => ring.map(([lon, lat]): [number, number] => [lon, lat]));
  return { ...draft, polygons, circles: [...draft.circles] };
}

interface Checked {
  readonly draft: CapDraft;
  readonly problems: readonly CapProblem[];
  readonly wrong: ReadonlySet<string>;
}

function check(form: CapForm, nowMs: number): Checked {
  const { draft } = draftOf(form);
  const problems = checkCapDraft(draft, nowMs);
  return { draft, problems, wrong: new Set(problems.filter((p) => !p.isAdvice).map((p) => p.field)) };
}

function Draft({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const now = useNow(10_000);
  const profile = useStore(stores.cap, (state) => state.profile);
  const [form, setForm] = useState(() => formOf(firstDraft(stores, incident, Date.now())));
  const [outlets, setOutlets] = useState<ReadonlySet<string>>(
    () => new Set(stores.cap.get().outlets.map((one) => one.id)),
  );
  const [isConfirming, setConfirming] = useState(false);
  const { isBusy, error, start } = useAttempt();
  const before = capInForce(incident, now);
  const { draft, problems, wrong } = useMemo(() => check(form, now), [form, now]);
  const { faults } = useMemo(() => parseCapAreas(form.areas), [form.areas]);
  const isReady = isIssuable(problems) && faults.length === 0;
  const issue = async () => {
    const order = { incidentId: incident.id, draft: plainDraft(draft), outlets: [...outlets] };
    if (await start([{ type: "issue-cap", ...order }])) onClose();
  };
  const title = t(before ? "cap.titleUpdate" : "cap.title", { name: t.text(incident.title) });
  if (isConfirming)
    return (
      <Dialog title={t("cap.confirmTitle")} onClose={onClose} width={620}>
        <CapConfirm draft={draft} isUpdate={before !== null} outlets={outlets} />
        {error && (
          <p className="lt-fault" role="alert">
            {t.error(error)}
          </p>
        )}
        <div className="lt-dialog-foot">
          <Button tone="quiet" onPress={() => setConfirming(false)}>
            {t("cap.back")}
          </Button>
          <Button tone="main" autoFocus isDisabled={isBusy || !isReady} onPress={() => void issue()}>
            {t("cap.confirm", { status: t(`warning.status.${profile.status}`) })}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={title} onClose={onClose} width={1080}>
      <div className="lt-cap">
        <CapFields form={form} onChange={setForm} wrong={wrong} />
        <div className="lt-cap-side">
          <p className="lt-cap-status" data-status={profile.status}>
            <b>{t(`warning.status.${profile.status}`)}</b> {t("cap.by", { name: t.text(profile.senderName) })}
          </p>
          <CapChecks problems={problems} faults={faults} />
          <CapOutlets chosen={outlets} onChange={setOutlets} />
          <details className="lt-cap-preview">
            <summary>{t("cap.preview")}</summary>
            <pre>{previewOf(draft, before, profile, now)}</pre>
          </details>
        </div>
      </div>
      <div className="lt-dialog-foot">
        <Button tone="quiet" onPress={onClose}>
          {t("action.cancel")}
        </Button>
        <Button tone="main" isDisabled={!isReady} onPress={() => setConfirming(true)}>
          {t("cap.issue")}
        </Button>
      </div>
    </Dialog>
  );
}
