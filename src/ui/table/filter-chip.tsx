import { Filter, Table2, X } from "lucide-react";
import { useStore, useTwin, useWords } from "../context.tsx";
import { IconButton } from "../kit/button.tsx";
import { useRun } from "../use-run.ts";
import "./filter-chip.css";

/** On the city while a filter is on: nobody may take a part of the city for the whole. */
export function FilterChip() {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const active = useStore(stores.buildingFilter, (state) => state.active);
  const city = useStore(stores.layers, (state) => state.layers.find(({ kind }) => kind === "city"));
  if (!active) return null;
  const { filter, count, total } = active;
  return (
    <section className="lt-glass lt-filter-chip" aria-label={t("filter.title")}>
      <Filter className="lt-icon" aria-hidden />
      <b className="lt-ellipsis" title={filter}>
        {filter}
      </b>
      <span className="lt-aside" role="status">
        {t("filter.count", { count: format.number(count), total: format.number(total) })}
      </span>
      {city && (
        <IconButton
          label={t("filter.table")}
          icon={Table2}
          side="bottom"
          onPress={() => run({ type: "open-table", id: city.id, filter })}
        />
      )}
      <IconButton
        label={t("filter.clear")}
        icon={X}
        side="bottom"
        onPress={() => run({ type: "filter-buildings", filter: null })}
      />
    </section>
  );
}
