import { LocateFixed } from "lucide-react";
import type { AttributeValue, Selection } from "../../domain/selection.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { ProvenanceBadge } from "../kit/marks.tsx";
import { Facts } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { attributeRows } from "./building-attributes.ts";
import { Figure } from "./figure.tsx";

function asNumber(value: AttributeValue | undefined): number | null {
  return typeof value === "number" ? value : null;
}

/** A building of the city, or a feature of somebody else's tileset. */
export function BuildingDetail({ selection }: { selection: Selection & { kind: "building" } }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const layer = useStore(stores.layers, (state) => state.layers.find((one) => one.id === selection.layerId));
  const { attributes } = selection;
  const name = typeof attributes.name === "string" ? attributes.name : "";
  const address = typeof attributes.address === "string" ? attributes.address : "";
  const figures = [
    { label: t("building.height"), value: asNumber(attributes.height), unit: "m", decimals: 1 },
    { label: t("building.floors"), value: asNumber(attributes.floors), unit: t("unit.floors") },
    { label: t("building.residentsDay"), value: asNumber(attributes.residentsDay), unit: t("unit.people") },
    {
      label: t("building.residentsNight"),
      value: asNumber(attributes.residentsNight),
      unit: t("unit.people"),
    },
  ].filter((figure) => figure.value !== null);
  return (
    <div className="lt-detail">
      <div className="lt-detail-title">
        <h3>{name || address || t("building.unnamed")}</h3>
        {layer && <ProvenanceBadge provenance={layer.provenance} />}
      </div>
      {figures.length > 0 && (
        <dl className="lt-figures lt-figures-pair">
          {figures.map((figure) => (
            <Figure key={figure.label} {...figure} />
          ))}
        </dl>
      )}
      <Facts rows={attributeRows(attributes, t, format)} />
      <div className="lt-row-buttons">
        <Button icon={LocateFixed} onPress={() => run({ type: "zoom-to-selection" })}>
          {t("action.fly")}
        </Button>
      </div>
    </div>
  );
}
