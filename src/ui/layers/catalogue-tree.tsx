import { Ruler, Search, X } from "lucide-react";
import { useState } from "react";
import { Button, Checkbox, Input, SearchField } from "react-aria-components";
import { type CatalogueEntry, type CatalogueGroup, searchCatalogue } from "../../domain/map-catalogue.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button as TextButton } from "../kit/button.tsx";
import { ProvenanceMark } from "../kit/marks.tsx";
import { Empty, Section } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import "./catalogue-tree.css";

function EntryRow({ entry }: { entry: CatalogueEntry }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const isShown = useStore(stores.layers, (state) =>
    state.layers.some(({ id, map }) => id === entry.id && map),
  );
  const isPending = useStore(stores.catalogue, (state) => state.pending.includes(entry.id));
  const city = useStore(stores.city, (state) => state.city);
  const isHere = !entry.cities || entry.cities.includes(city);
  const name = t.text(entry.title);
  return (
    <li className="lt-entry" title={entry.about ? t.text(entry.about) : undefined}>
      <Checkbox
        className="lt-check"
        isSelected={isShown}
        isDisabled={!isHere}
        onChange={(visible) => run({ type: "show-map", id: entry.id, visible })}
      >
        <span className="lt-check-box" aria-hidden />
        <span className="lt-ellipsis">{name}</span>
      </Checkbox>
      {isPending && <span className="lt-entry-state">{t("layers.loading")}</span>}
      <span className="lt-entry-state" title={t("catalogue.grade", { grade: entry.grade })}>
        CIM{entry.grade}
      </span>
      <ProvenanceMark kind={entry.provenance.kind} />
    </li>
  );
}

function countOf({ layers, groups }: CatalogueGroup): number {
  return layers.length + groups.reduce((sum, group) => sum + countOf(group), 0);
}

function Group({ group, isOpen }: { group: CatalogueGroup; isOpen: boolean }) {
  const { t } = useWords();
  return (
    <Section
      key={`${group.id} ${isOpen}`}
      title={t.text(group.title)}
      rank="minor"
      startsClosed={!isOpen}
      aside={<span className="lt-aside">{countOf(group)}</span>}
    >
      <ul className="lt-entries">
        {group.layers.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ul>
      {group.groups.map((inner) => (
        <Group key={inner.id} group={inner} isOpen={isOpen} />
      ))}
    </Section>
  );
}

/** The layer catalogue: groups, a search over them, a box for each layer. */
export function CatalogueTree() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const [text, setText] = useState("");
  const { status, groups, error } = useStore(stores.catalogue, (state) => state);
  if (status === "loading") return <Empty>{t("app.loading")}</Empty>;
  if (status === "failed")
    return (
      <p className="lt-fault" role="alert">
        {error ? t.error(error) : t("layers.failed")}
      </p>
    );
  const found = searchCatalogue(groups, text);
  return (
    <div className="lt-catalogue">
      <SearchField
        className="lt-catalogue-search"
        aria-label={t("catalogue.search")}
        value={text}
        onChange={setText}
      >
        <Search className="lt-icon" aria-hidden />
        <Input placeholder={t("catalogue.search")} spellCheck={false} />
        {text !== "" && (
          <Button className="lt-icon-button" aria-label={t("catalogue.clear")}>
            <X className="lt-icon" aria-hidden />
          </Button>
        )}
      </SearchField>
      <div className="lt-catalogue-check">
        <TextButton icon={Ruler} onPress={() => run({ type: "check-red-lines" })}>
          {t("redLine.check")}
        </TextButton>
      </div>
      {found.length === 0 && <Empty>{t("catalogue.nothing")}</Empty>}
      {found.map((group, i) => (
        <Group key={`${group.id} ${text !== ""}`} group={group} isOpen={text !== "" || i < 2} />
      ))}
    </div>
  );
}
