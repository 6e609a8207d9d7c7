import { LocateFixed, Plus, Trash2 } from "lucide-react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { ZONE_KINDS, type Zone, type ZoneKind } from "../../domain/response.ts";
import { zoneAreaKm2 } from "../../domain/zone.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Empty, Section } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { ZoneMark } from "./zone-mark.tsx";
import "../kit/menu.css";

function ZoneRow({ zone }: { zone: Zone }) {
  const { t, format } = useWords();
  const run = useRun();
  const title = t.text(zone.title);
  const { run: runNow } = useTwin();
  const choose = () => {
    runNow({ type: "select", target: { kind: "zone", zoneId: zone.id } })
      .then(() => runNow({ type: "zoom-to-selection" }))
      .catch(() => {});
  };
  return (
    <li className="lt-zone-row">
      <AriaButton className="lt-zone-name" onPress={choose}>
        <ZoneMark kind={zone.kind} />
        <span className="lt-ellipsis">{title}</span>
        <small>{format.measure(zoneAreaKm2(zone.ring), "km²", 2)}</small>
      </AriaButton>
      <IconButton label={t("zone.fly", { title })} icon={LocateFixed} onPress={choose} />
      <IconButton
        label={t("zone.remove", { title })}
        icon={Trash2}
        onPress={() => run({ type: "remove-zone", id: zone.id })}
      />
    </li>
  );
}

/** Chooses what kind of zone to draw. */
export function DrawZoneMenu({ incidentId }: { incidentId: string | null }) {
  const { t } = useWords();
  const run = useRun();
  return (
    <MenuTrigger>
      <Button icon={Plus}>{t("command.draw-zone")}</Button>
      <Popover className="lt-popover" placement="bottom start" offset={6}>
        <Menu
          className="lt-menu"
          aria-label={t("command.draw-zone")}
          onAction={(key) => run({ type: "draw-zone", kind: key as ZoneKind, incidentId })}
        >
          {ZONE_KINDS.map((kind) => (
            <MenuItem key={kind} id={kind} className="lt-menu-item" textValue={t(`zone.kind.${kind}`)}>
              <span className="lt-zone-choice">
                <ZoneMark kind={kind} />
                {t(`zone.kind.${kind}`)}
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** Zones of an incident, or those of none when `incidentId` is null, and the way to draw another. */
export function ZoneList({ incidentId }: { incidentId: string | null }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const all = useStore(stores.response, (state) => state.zones);
  const zones = all.filter((zone) => zone.incidentId === incidentId);
  return (
    <div className="lt-zones">
      {zones.length === 0 ? (
        <Empty>{t("zone.empty")}</Empty>
      ) : (
        <ul>
          {zones.map((zone) => (
            <ZoneRow key={zone.id} zone={zone} />
          ))}
        </ul>
      )}
      <div className="lt-row-buttons">
        <DrawZoneMenu incidentId={incidentId} />
      </div>
    </div>
  );
}

/** The same as a section of a panel. */
export function ZoneSection({ incidentId }: { incidentId: string | null }) {
  const { t } = useWords();
  return (
    <Section title={t("zone.title")}>
      <ZoneList incidentId={incidentId} />
    </Section>
  );
}
