import { Palette, Search, X } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { type Key, ListBox, ListBoxItem } from "react-aria-components";
import type { PropertyName } from "../../domain/reading/property-name.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Field } from "../kit/field.tsx";
import { useRun } from "../use-run.ts";
import { IndexingNote } from "./indexing-note.tsx";
import { ResultRows } from "./result-rows.tsx";
import { useAnswer, useReading } from "./use-reading.ts";

const EXAMPLES = [
  "class:IfcDoor Pset_DoorCommon.FireRating=-",
  "class:IfcWall Pset_WallCommon.IsExternal=true",
  "OverallWidth>=0.9",
] as const;

function Examples({ onChoose }: { onChoose: (query: string) => void }) {
  const { t } = useWords();
  const words = ["reading.example.doors", "reading.example.walls", "reading.example.wide"] as const;
  return (
    <div className="lt-examples">
      <p className="lt-note">{t("reading.searchHelp")}</p>
      {EXAMPLES.map((query, i) => (
        <button key={query} type="button" className="lt-example" onClick={() => onChoose(query)}>
          <span>{t(words[i]!)}</span>
          <code>{query}</code>
        </button>
      ))}
    </div>
  );
}

/** Elements that answer a question; they can be chosen, isolated and gone through one by one. */
export function SearchPane({ modelId: id }: { modelId: string }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const search = useStore(stores.reading, (state) => state.search);
  const [query, setQuery] = useState(search?.modelId === id ? search.query : "");
  const found = search?.modelId === id ? search : null;
  const ask = (text: string) => {
    setQuery(text);
    run({ type: "search-elements", id, query: text });
  };
  return (
    <>
      <form
        className="lt-search-form"
        onSubmit={(event) => {
          event.preventDefault();
          ask(query);
        }}
      >
        <Field
          label={t("reading.query")}
          value={query}
          onChange={setQuery}
          placeholder={t("reading.queryHint")}
        />
        <IconButton label={t("reading.find")} icon={Search} onPress={() => ask(query)} />
      </form>
      {!found && <Examples onChoose={ask} />}
      {found?.state === "running" && <IndexingNote modelId={id} />}
      {found?.state === "failed" && found.error && <p className="lt-fault">{t.error(found.error)}</p>}
      {found?.state === "done" && (
        <>
          <p className="lt-found" role="status">
            {t("reading.found", { count: format.number(found.rows.length) })}
            <small>{format.measure(found.ms, "ms", found.ms < 10 ? 1 : 0)}</small>
            <IconButton label={t("reading.endSearch")} icon={X} onPress={() => ask("")} />
          </p>
          {found.rows.length > 0 && (
            <>
              <div className="lt-row-buttons">
                <Button onPress={() => run({ type: "select-elements", id, rows: found.rows })}>
                  {t("reading.selectAll")}
                </Button>
                <Button onPress={() => run({ type: "isolate-elements", id, rows: found.rows })}>
                  {t("reading.isolate")}
                </Button>
              </div>
              <ResultRows modelId={id} rows={found.rows} label={t("reading.results")} />
            </>
          )}
        </>
      )}
      <Colours modelId={id} />
    </>
  );
}

function Colours({ modelId: id }: { modelId: string }) {
  const { t, format } = useWords();
  const run = useRun();
  const colouring = useReading(id)?.colouring ?? null;
  const [isChoosing, setChoosing] = useState(false);
  const choose = (property: string | null) => {
    setChoosing(false);
    run({ type: "colour-elements-by", id, property });
  };
  const rowsOf = (at: number) => {
    const rows: number[] = [];
    colouring?.codes.forEach((code, row) => {
      if (code === at) rows.push(row);
    });
    return rows;
  };
  return (
    <section className="lt-colours" aria-label={t("reading.colours")}>
      <div className="lt-row-buttons">
        <Button icon={Palette} onPress={() => setChoosing(!isChoosing)}>
          {t("reading.colourBy")}
        </Button>
        {colouring && (
          <Button tone="quiet" onPress={() => choose(null)}>
            {t("reading.ownColours")}
          </Button>
        )}
      </div>
      {isChoosing && <PropertyChooser modelId={id} onChoose={choose} />}
      {colouring && !isChoosing && (
        <>
          <h4 className="lt-subhead">{colouring.property}</h4>
          <ul className="lt-classes">
            {colouring.classes.map(({ label, color, count }, at) => (
              <li key={label}>
                <button
                  type="button"
                  className="lt-class"
                  onClick={() => run({ type: "select-elements", id, rows: rowsOf(at) })}
                >
                  <span className="lt-swatch" style={{ background: color }} />
                  <span className="lt-ellipsis">{label}</span>
                  <span className="lt-tree-note">{format.number(count)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const MAX_SHOWN = 60;

function PropertyChooser(props: { modelId: string; onChoose: (property: string) => void }) {
  const { signals } = useTwin();
  const { t, format } = useWords();
  const [filter, setFilter] = useState("");
  const asked = useRef(props.modelId);
  const answer = useAnswer(asked.current, () => signals.propertyNames(props.modelId));
  const shown = useMemo(() => {
    const wanted = filter.toLowerCase();
    const all: readonly PropertyName[] = answer.state === "here" ? answer.value : [];
    return all.filter(({ property }) => property.toLowerCase().includes(wanted)).slice(0, MAX_SHOWN);
  }, [answer, filter]);
  if (answer.state === "waiting") return <IndexingNote modelId={props.modelId} />;
  if (answer.state === "failed") return <p className="lt-fault">{t.error(answer.error)}</p>;
  return (
    <>
      <Field label={t("reading.property")} value={filter} onChange={setFilter} />
      <ListBox
        aria-label={t("reading.colourBy")}
        className="lt-properties lt-scroll"
        items={shown}
        onAction={(key: Key) => props.onChoose(String(key))}
      >
        {({ property, elements }) => (
          <ListBoxItem id={property} textValue={property} className="lt-property">
            <span className="lt-ellipsis">{property}</span>
            <span className="lt-tree-note">{format.number(elements)}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </>
  );
}
