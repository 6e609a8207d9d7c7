import { Download, X } from "lucide-react";
import { useRef, useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import type { RedLineFinding, RedLineReport, RedLineRule } from "../../domain/red-line.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { ProvenanceBadge } from "../kit/marks.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { rowHeightOf, useVirtualRows } from "../reading/use-virtual-rows.ts";
import { useRun } from "../use-run.ts";
import "../feeds/bottom-strip.css";
import "../kit/menu.css";
import "./table.css";

const RULES: readonly RedLineRule[] = ["height", "ecology", "farmland", "urban"];
type View = RedLineRule | "blocks";

function useFindingRun() {
  const { stores } = useTwin();
  const run = useRun();
  return ({ subject, id, longitudeDeg, latitudeDeg, height }: RedLineFinding) => {
    const layer = stores.layers.get().layers.find(({ kind }) => kind === "city");
    if (subject === "model") run({ type: "zoom-to-model", id });
    else {
      if (layer) run({ type: "select", target: { kind: "building", layerId: layer.id, buildingId: id } });
      const range = Math.max(260, height * 4);
      run({ type: "fly-to", longitudeDeg, latitudeDeg, height: height / 2, range });
    }
  };
}

function FindingRow({ finding, top }: { finding: RedLineFinding; top: number }) {
  const { t, format } = useWords();
  const show = useFindingRun();
  const { subject, id, name, height, limit, planId } = finding;
  return (
    <li className="lt-finding" style={{ transform: `translateY(${top}px)` }}>
      <Button className="lt-finding-row" onPress={() => show(finding)}>
        <span className="lt-ellipsis">{name || id}</span>
        <span>{t(subject === "model" ? "redLine.model" : "redLine.building")}</span>
        <span className="lt-ellipsis">{planId}</span>
        <span>{format.measure(height, "m", 1)}</span>
        <span>{limit === null ? "" : t("redLine.limit", { limit: format.measure(limit, "m") })}</span>
        <b>{limit === null ? "" : t("redLine.over", { over: format.measure(height - limit, "m", 1) })}</b>
      </Button>
    </li>
  );
}

function Findings({ findings, label }: { findings: readonly RedLineFinding[]; label: string }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const isLarge = useStore(stores.ui, (state) => state.largeType);
  const host = useRef<HTMLDivElement>(null);
  const height = rowHeightOf(isLarge);
  const { first, last } = useVirtualRows(host, findings.length, height);
  if (findings.length === 0) return <p className="lt-empty">{t("redLine.none")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={host} className="lt-findings lt-scroll" tabIndex={0} aria-label={label}>
      <ul style={{ height: findings.length * height }}>
        {findings.slice(first, last).map((finding, i) => (
          <FindingRow
            key={`${finding.rule} ${finding.id} ${finding.planId}`}
            finding={finding}
            top={(first + i) * height}
          />
        ))}
      </ul>
    </section>
  );
}

function Blocks({ report }: { report: RedLineReport }) {
  const { t, format } = useWords();
  const run = useRun();
  if (report.blocks.length === 0) return <p className="lt-empty">{t("redLine.none")}</p>;
  return (
    <ul className="lt-findings lt-scroll">
      {report.blocks.slice(0, 300).map(({ planId, measure, built, allowed, longitudeDeg, latitudeDeg }) => (
        <li key={`${planId} ${measure}`}>
          <Button
            className="lt-finding-row"
            onPress={() => run({ type: "fly-to", longitudeDeg, latitudeDeg, height: 0, range: 500 })}
          >
            <span className="lt-ellipsis">{planId}</span>
            <span>{t(`redLine.measure.${measure}`)}</span>
            <b>
              {t("redLine.builtOf", {
                built: format.number(built, measure === "far" ? 2 : 0),
                allowed: format.number(allowed, measure === "far" ? 1 : 0),
              })}
            </b>
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Report({ report }: { report: RedLineReport }) {
  const { t, format } = useWords();
  const [view, setView] = useState<View>("height");
  const countOf = (one: View) => (one === "blocks" ? report.blocks.length : report.counts[one]);
  const label = (one: View) => `${t(`redLine.rule.${one}`)} ${format.number(countOf(one))}`;
  return (
    <>
      <div className="lt-red-line-views">
        <Segmented
          label={t("redLine.title")}
          value={view}
          options={([...RULES, "blocks"] as const).map((id) => ({ id, label: label(id) }))}
          onChange={setView}
        />
        <ProvenanceBadge provenance={report.provenance} />
        <p className="lt-note lt-ellipsis" title={t.text(report.method)}>
          {t.text(report.method)}
        </p>
      </div>
      <div className="lt-table-body">
        {view === "blocks" ? (
          <Blocks report={report} />
        ) : (
          <Findings
            key={view}
            label={label(view)}
            findings={report.findings.filter(({ rule }) => rule === view)}
          />
        )}
      </div>
    </>
  );
}

function ExportMenu() {
  const { t } = useWords();
  const run = useRun();
  return (
    <MenuTrigger>
      <Button className="lt-button lt-button-quiet">
        <Download className="lt-icon" aria-hidden />
        <span>{t("table.export")}</span>
      </Button>
      <Popover className="lt-popover" placement="top end" offset={6}>
        <Menu
          className="lt-menu"
          aria-label={t("table.export")}
          onAction={(key) => run({ type: "export-red-lines", format: key as "csv" | "geojson" })}
        >
          <MenuItem id="csv" className="lt-menu-item">
            {t("table.csv")}
          </MenuItem>
          <MenuItem id="geojson" className="lt-menu-item">
            {t("table.geojson")}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** What the red-line check found: by rule, each a building or a model that can be looked at. */
export function RedLinePanel() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const { status, report, error } = useStore(stores.redLines, (state) => state);
  return (
    <div className="lt-strip-panel lt-strip-table">
      <div className="lt-table-bar">
        <b>{t("redLine.title")}</b>
        <span className="lt-aside lt-table-spring" role="status">
          {status === "running"
            ? t("redLine.running")
            : report &&
              t("redLine.checked", {
                buildings: format.number(report.buildings),
                models: format.number(report.models),
                blocks: format.number(report.plannedBlocks),
              })}
        </span>
        {report && <ExportMenu />}
        <IconButton
          label={t("redLine.close")}
          icon={X}
          side="top"
          onPress={() => run({ type: "close-red-lines" })}
        />
      </div>
      {error && (
        <p className="lt-fault" role="alert">
          {t.error(error)}
        </p>
      )}
      {report && <Report report={report} />}
    </div>
  );
}
