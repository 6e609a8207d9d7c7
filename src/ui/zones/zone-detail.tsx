import { LocateFixed, Trash2 } from "lucide-react";
import { zoneAreaKm2 } from "../../domain/zone.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Figure } from "../inspector/figure.tsx";
import { Button } from "../kit/button.tsx";
import { ProvenanceBadge } from "../kit/marks.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { ZoneMark } from "./zone-mark.tsx";

/** A chosen zone: what it is, how large, where it comes from. */
export function ZoneDetail({ zoneId }: { zoneId: string }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const zone = useStore(stores.response, (state) => state.zones.find(({ id }) => id === zoneId));
  if (!zone)
    return (
      <div className="lt-detail">
        <Empty>{t("zone.gone")}</Empty>
      </div>
    );
  return (
    <article className="lt-detail">
      <div className="lt-detail-title">
        <div className="lt-warning-marks">
          <ZoneMark kind={zone.kind} />
          <span>{t(`zone.kind.${zone.kind}`)}</span>
          <ProvenanceBadge provenance={zone.provenance} />
        </div>
        <h3>{t.text(zone.title)}</h3>
        <p>{t.text(zone.provenance.source)}</p>
      </div>
      <dl className="lt-figures lt-figures-pair">
        <Figure label={t("zone.area")} value={zoneAreaKm2(zone.ring)} unit="km²" decimals={2} />
        <Figure label={t("zone.corners")} value={zone.ring.length} unit="" />
      </dl>
      <div className="lt-row-buttons">
        <Button icon={LocateFixed} onPress={() => run({ type: "zoom-to-selection" })}>
          {t("action.fly")}
        </Button>
        <Button icon={Trash2} onPress={() => run({ type: "remove-zone", id: zone.id })}>
          {t("command.remove-zone")}
        </Button>
      </div>
    </article>
  );
}
