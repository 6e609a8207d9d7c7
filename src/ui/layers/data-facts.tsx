import { Checkbox } from "react-aria-components";
import type { Layer, LayerData } from "../../domain/layer.ts";
import { ELEVATION_RAMP } from "../../domain/terrain.ts";
import { useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Facts, Section } from "../kit/section.tsx";
import { IssueList } from "../models/issue-list.tsx";
import { useRun } from "../use-run.ts";
import "./data-facts.css";

/** Colours of heights as they are drawn. */
function RasterLegend({ range: [min, max] }: { range: readonly [number, number] }) {
  const { t, format } = useWords();
  return (
    <div className="lt-raster-legend" role="img" aria-label={t("data.heights")}>
      <i style={{ background: `linear-gradient(90deg, ${ELEVATION_RAMP.join(", ")})` }} />
      <span>{format.measure(min, "m")}</span>
      <span>{t("data.heights")}</span>
      <span>{format.measure(max, "m")}</span>
    </div>
  );
}

/** What was read from the user's file: how much, from where, in which coordinates, and what was wrong with it. */
export function DataFacts({ layer, data }: { layer: Layer; data: LayerData }) {
  const { t, format } = useWords();
  const run = useRun();
  const count = t("data.features", { count: format.number(data.features) });
  const refused = data.refused > 0 ? ` · ${t("data.refused", { count: format.number(data.refused) })}` : "";
  return (
    <>
      <Facts
        rows={[
          data.raster
            ? [
                t("data.size"),
                `${format.number(data.raster.size[0])} × ${format.number(data.raster.size[1])}`,
              ]
            : [t("data.count"), `${count}${refused}`],
          [t("data.format"), data.format],
          [t("data.file"), data.fileName],
          [t("data.loaded"), format.dateTime(data.loadedAtMs)],
          [t("data.crs"), data.crs],
        ]}
      />
      {data.raster?.range && <RasterLegend range={data.raster.range} />}
      <Button tone="quiet" onPress={() => run({ type: "ask-crs", id: layer.id })}>
        {t("data.crs.change")}
      </Button>
      <Checkbox
        className="lt-check"
        isSelected={data.isGcj02}
        onChange={(gcj02) => run({ type: "read-layer-as", id: layer.id, gcj02 })}
      >
        <span className="lt-check-box" aria-hidden />
        {t("data.gcj02")}
      </Checkbox>
      <p className="lt-note">{t(data.isKept ? "data.kept" : "data.notKept")}</p>
      {data.issueCount > 0 && (
        <Section
          title={t("data.issues", { count: format.number(data.issueCount) })}
          rank="minor"
          startsClosed
        >
          <IssueList issues={data.issues} />
          {data.issueCount > data.issues.length && <p className="lt-note">{t("data.moreIssues")}</p>}
        </Section>
      )}
    </>
  );
}
