import { Copy, Download, FileText, Megaphone } from "lucide-react";
import { useState } from "react";
import type { CapRecord } from "../../domain/cap-message.ts";
import { capMessageKey } from "../../domain/cap-message.ts";
import { capInForce } from "../../domain/cap-records.ts";
import { writeCap } from "../../domain/cap-writer.ts";
import type { Incident } from "../../domain/incident.ts";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { nameOfActor } from "../incident/log-lines.ts";
import { Button, IconButton } from "../kit/button.tsx";
import { Field } from "../kit/field.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { OutletToken } from "./cap-outlets.tsx";
import "./cap.css";

function download(name: string, xml: string): void {
  const url = URL.createObjectURL(new Blob([xml], { type: "application/cap+xml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** What became of a message at each outlet; what waits can be tried again, or given its token. */
function Deliveries({ record }: { record: CapRecord }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const { outbox, outlets } = useStore(stores.cap, (state) => state);
  const key = capMessageKey(record.message);
  return (
    <ul className="lt-cap-deliveries">
      {record.outlets.map((outlet) => {
        const waiting = outbox.find((one) => one.capKey === key && one.outlet === outlet.id);
        const last = record.deliveries.find((one) => one.outlet === outlet.id);
        const word = waiting ? t(`cap.state.${waiting.state}`) : t(`cap.result.${last?.result ?? "sent"}`);
        const state = outlets.find((one) => one.id === outlet.id);
        return (
          <li key={outlet.id} data-sent={!waiting}>
            <span>
              {t.text(outlet.title)}：<b>{word}</b>
              {last && !waiting && ` ${format.time(last.atMs)}`}
            </span>
            {waiting?.detail && <small>{waiting.detail}</small>}
            {waiting?.needsSecret && state && <OutletToken outlet={state} />}
            {waiting && !waiting.needsSecret && waiting.state !== "sending" && (
              <Button tone="quiet" onPress={() => run({ type: "retry-cap" })}>
                {t("cap.retry")}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Issued({ record }: { record: CapRecord }) {
  const { t, format } = useWords();
  const [isOpen, setOpen] = useState(false);
  const { message, issuedMs, by } = record;
  const xml = isOpen ? writeCap(message) : "";
  return (
    <li className="lt-cap-issued">
      <div className="lt-cap-issued-head">
        <LevelMark level={message.draft.level} size={16} />
        <div>
          <b>
            {t(`cap.msgType.${message.msgType}`)} · {t.text(message.draft.headline)}
          </b>
          <small>
            {t(`warning.status.${message.status}`)} · {format.dateTime(issuedMs)} · {nameOfActor(by, t)}
          </small>
          {message.note && <small>{message.note}</small>}
        </div>
        <IconButton
          label={t("cap.showXml")}
          icon={FileText}
          pressed={isOpen}
          onPress={() => setOpen(!isOpen)}
        />
        <IconButton
          label={t("action.copy")}
          icon={Copy}
          onPress={() => void navigator.clipboard.writeText(writeCap(message)).catch(() => {})}
        />
        <IconButton
          label={t("cap.download")}
          icon={Download}
          onPress={() => download(`${message.identifier}.xml`, writeCap(message))}
        />
      </div>
      <Deliveries record={record} />
      {isOpen && <pre className="lt-cap-xml lt-scroll">{xml}</pre>}
    </li>
  );
}

/** Ends the warning in force; says why. */
function CancelCap({ incidentId }: { incidentId: string }) {
  const { t } = useWords();
  const run = useRun();
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  if (!isAsking)
    return (
      <Button tone="quiet" onPress={() => setAsking(true)}>
        {t("cap.cancel")}
      </Button>
    );
  const cancel = () => {
    run({ type: "cancel-cap", incidentId, reason });
    setAsking(false);
  };
  return (
    <div className="lt-cap-cancel">
      <Field label={t("cap.reason")} value={reason} onChange={setReason} autoFocus />
      <div className="lt-row-buttons">
        <Button tone="main" isDisabled={reason.trim() === ""} onPress={cancel}>
          {t("cap.cancelNow")}
        </Button>
        <Button tone="quiet" onPress={() => setAsking(false)}>
          {t("action.cancel")}
        </Button>
      </div>
    </div>
  );
}

/** The warnings that an incident has sent out, and what can be sent next. */
export function CapSection({ incident }: { incident: Incident }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const now = useNow(10_000);
  const isLive = useStore(stores.timeline, (state) => state.mode === "live");
  const inForce = capInForce(incident, now);
  const { caps = [] } = incident;
  return (
    <div className="lt-cap-section">
      {caps.length === 0 && <Empty>{t("cap.none")}</Empty>}
      <ul>
        {caps.toReversed().map((record) => (
          <Issued key={record.message.identifier} record={record} />
        ))}
      </ul>
      <div className="lt-row-buttons">
        <Button
          icon={Megaphone}
          isDisabled={!isLive}
          onPress={() => run({ type: "draft-cap", incidentId: incident.id })}
        >
          {t(inForce ? "cap.draftUpdate" : "cap.draft")}
        </Button>
        {inForce && isLive && <CancelCap incidentId={incident.id} />}
      </div>
    </div>
  );
}
