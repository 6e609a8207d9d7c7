import { ChartColumn, Download, Filter, X } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { Button, Input, Menu, MenuItem, MenuTrigger, Popover, SearchField } from "react-aria-components";
import type { OpenTable } from "../../state/map-stores.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { Segmented } from "../kit/segmented.tsx";
import { useRun } from "../use-run.ts";
import { ClassChart } from "./class-chart.tsx";
import { TableGrid } from "./table-grid.tsx";
import "../feeds/bottom-strip.css";
import "../kit/menu.css";
import "./table.css";

function FilterField({ table }: { table: OpenTable }) {
  const { t } = useWords();
  const run = useRun();
  const { filter } = table.query;
  const [text, setText] = useState(filter);
  useEffect(() => setText(filter), [filter]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run({ type: "query-table", filter: text });
  };
  return (
    <form className="lt-table-filter" onSubmit={submit}>
      <SearchField
        aria-label={t("table.filter")}
        value={text}
        onChange={setText}
        onClear={() => run({ type: "query-table", filter: "" })}
      >
        <Filter className="lt-icon" aria-hidden />
        <Input placeholder={t("table.filterHint")} spellCheck={false} />
        {text !== "" && (
          <Button className="lt-icon-button" aria-label={t("table.clearFilter")}>
            <X className="lt-icon" aria-hidden />
          </Button>
        )}
      </SearchField>
    </form>
  );
}

function ChartMenu({ table }: { table: OpenTable }) {
  const { t } = useWords();
  const run = useRun();
  return (
    <MenuTrigger>
      <Button className="lt-button lt-button-quiet">
        <ChartColumn className="lt-icon" aria-hidden />
        <span>{t("table.chart")}</span>
      </Button>
      <Popover className="lt-popover" placement="top end" offset={6}>
        <Menu
          className="lt-menu lt-scroll lt-table-columns"
          aria-label={t("table.chart")}
          onAction={(key) => run({ type: "chart-table", column: String(key) })}
        >
          {table.columns.map(({ name, title }) => (
            <MenuItem key={name} id={name} className="lt-menu-item">
              {title ? t.text(title) : name}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
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
          onAction={(key) => run({ type: "export-table", format: key as "csv" | "geojson" })}
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

type Others = "all" | "faint" | "hidden";

/** Whether the map shows what the filter found, and what becomes of the rest. */
function OnMap({ table }: { table: OpenTable }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const active = useStore(stores.buildingFilter, (state) => state.active);
  const { filter } = table.query;
  const options: readonly Others[] = ["all", "faint", "hidden"];
  return (
    <div className="lt-table-on-map">
      <span className="lt-aside">{t("table.onMap")}</span>
      <Segmented
        label={t("table.onMap")}
        value={active?.filter === filter ? active.others : "all"}
        options={options.map((id) => ({ id, label: t(`table.onMap.${id}`) }))}
        onChange={(id) =>
          run(
            id === "all"
              ? { type: "filter-buildings", filter: null }
              : { type: "filter-buildings", filter, others: id },
          )
        }
      />
    </div>
  );
}

/** The attribute table of a layer: filter, rows, chart, export. */
export function TablePanel() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const table = useStore(stores.table, (state) => state.open);
  if (!table) return null;
  const count = format.number(table.count);
  const total = format.number(table.total);
  return (
    <div className="lt-strip-panel lt-strip-table">
      <div className="lt-table-bar">
        <b className="lt-ellipsis">{t.text(table.title)}</b>
        <span className="lt-aside" role="status">
          {table.count === table.total ? t("table.rows", { count }) : t("table.rowsOf", { count, total })}
        </span>
        <FilterField table={table} />
        {table.rows === "buildings" && table.query.filter !== "" && <OnMap table={table} />}
        <ChartMenu table={table} />
        <ExportMenu />
        <IconButton
          label={t("table.close")}
          icon={X}
          side="top"
          onPress={() => run({ type: "close-table" })}
        />
      </div>
      {table.error && (
        <p className="lt-fault" role="alert">
          {t.error(table.error)}
        </p>
      )}
      <div className="lt-table-body">
        {table.count === 0 ? <p className="lt-empty">{t("table.none")}</p> : <TableGrid table={table} />}
        <ClassChart table={table} />
      </div>
    </div>
  );
}
