import { ChevronDown } from "lucide-react";
import { Button as AriaButton, Disclosure, DisclosurePanel } from "react-aria-components";
import type { RuleAlert } from "../../domain/alert-rule.ts";
import { openIncidentOf } from "../../domain/incident-opening.ts";
import type { AlertGroup } from "../../state/stores.ts";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { Empty, Section } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import "./alert-list.css";

/** What raised an alert: its sensor, the first and the last value, when. Choosing it shows the sensor. */
function AlertRow({ alert, kindName }: { alert: RuleAlert; kindName: string }) {
  const { stores, run: command } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const sensorId = alert.sensorIds.at(-1) ?? null;
  const sensor = useStore(stores.risk, (state) => state.sensors.find(({ id }) => id === sensorId));
  const decimals = useStore(stores.scenario, (state) =>
    sensor ? (state.active?.sensorKinds[sensor.kind]?.decimals ?? 1) : 1,
  );
  const last = alert.evidence.at(-1);
  const name = sensor && alert.sensorIds.length === 1 ? t.text(sensor.name) : null;
  const show = () => {
    if (sensorId === null) return;
    command({ type: "select", target: { kind: "sensor", sensorId } }).then(
      () => run({ type: "zoom-to-selection" }),
      () => {},
    );
  };
  const label = name ?? `${kindName} · ${t("alert.sensors", { count: alert.sensorIds.length })}`;
  return (
    <li>
      <AriaButton
        className="lt-alert-row"
        aria-label={t("alert.show", { name: label })}
        isDisabled={sensorId === null}
        onPress={show}
      >
        <span className="lt-alert-name lt-ellipsis">
          <bdi dir="ltr">{label}</bdi>
        </span>
        <span>{last ? format.measure(last.value, sensor?.unit ?? "", decimals) : t("alert.absence")}</span>
        <time title={`${format.dateTime(alert.raisedMs)} ${t("clock.zone")}`}>
          {format.time(alert.raisedMs)}
        </time>
      </AriaButton>
    </li>
  );
}

function OpenButton({ group }: { group: AlertGroup }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const ruleId = group.rule.id;
  const known = useStore(stores.incidents, ({ incidents }) =>
    openIncidentOf(incidents, { kind: "rule", id: ruleId }),
  );
  if (known)
    return (
      <Button onPress={() => run({ type: "choose-incident", id: known.id })}>{t("incident.goTo")}</Button>
    );
  return <Button onPress={() => run({ type: "open-incident", ruleId })}>{t("incident.openFrom")}</Button>;
}

function GroupItem({ group }: { group: AlertGroup }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const now = useNow(5000);
  const { rule, count, firstMs, lastMs, alerts } = group;
  const kind = useStore(stores.scenario, (state) => state.active?.sensorKinds[rule.kind]);
  const title = t.text(rule.title);
  return (
    <li>
      <Disclosure className="lt-alert-group">
        <AriaButton
          slot="trigger"
          className="lt-alert-trigger"
          aria-label={t("alert.expand", { name: title })}
        >
          <LevelMark level={rule.level} size={16} />
          <span>{title}</span>
          <b>{format.number(count)}</b>
          <ChevronDown className="lt-icon lt-chevron" aria-hidden />
        </AriaButton>
        <div className="lt-alert-foot">
          <small>
            {t(`level.${rule.level}`)} · {t("alert.count", { count })} ·{" "}
            <time title={`${format.dateTime(firstMs)} ${t("clock.zone")}`}>
              {t("alert.since", { time: format.shortTime(firstMs) })}
            </time>{" "}
            · {t("alert.newest", { age: format.age(lastMs, now) })}
          </small>
          <OpenButton group={group} />
        </div>
        <DisclosurePanel>
          <ul className="lt-alert-rows" aria-label={t("alert.evidence")}>
            {alerts.map((alert) => (
              <AlertRow key={alert.id} alert={alert} kindName={kind ? t.text(kind.title) : rule.kind} />
            ))}
          </ul>
          {count > alerts.length && (
            <p className="lt-note">{t("alert.more", { count: count - alerts.length })}</p>
          )}
        </DisclosurePanel>
      </Disclosure>
    </li>
  );
}

/** Alerts, one line a rule; each opens to what raised it, and may become an incident. */
export function AlertList() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const groups = useStore(stores.alerts, (state) => state.groups);
  return (
    <Section
      title={t("alert.title")}
      aside={<span className="lt-aside">{format.number(groups.length)}</span>}
    >
      {groups.length === 0 && <Empty>{t("alert.empty")}</Empty>}
      <ul className="lt-alert-groups">
        {groups.map((group) => (
          <GroupItem key={group.rule.id} group={group} />
        ))}
      </ul>
    </Section>
  );
}
