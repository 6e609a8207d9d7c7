import { LocateFixed } from "lucide-react";
import { useNow, useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { ProvenanceBadge } from "../kit/marks.tsx";
import { Empty, Facts } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";

/** A chosen unit: what it is, what it does, how old that knowledge is. */
export function UnitDetail({ unitId }: { unitId: string }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const now = useNow();
  const unit = useStore(stores.response, (state) => state.units.find(({ id }) => id === unitId));
  const route = useStore(stores.response, (state) => state.routes.find((one) => one.unitId === unitId));
  if (!unit)
    return (
      <div className="lt-detail">
        <Empty>{t("unit.gone")}</Empty>
      </div>
    );
  return (
    <article className="lt-detail">
      <div className="lt-detail-title">
        <div className="lt-warning-marks">
          <span>{t(`unit.kind.${unit.kind}`)}</span>
          <ProvenanceBadge provenance={unit.provenance} />
        </div>
        <h3>{t.text(unit.name)}</h3>
      </div>
      <Facts
        rows={[
          [t("unit.status"), t(`unit.status.${unit.status}`)],
          [t("unit.crew"), format.measure(unit.crew, t("unit.people"))],
          [t("unit.observed"), format.age(unit.observedAtMs, now)],
          ...(route ? [[t("unit.route"), format.distance(route.length)] as const] : []),
        ]}
      />
      <div className="lt-row-buttons">
        <Button icon={LocateFixed} onPress={() => run({ type: "zoom-to-selection" })}>
          {t("action.fly")}
        </Button>
      </div>
    </article>
  );
}
