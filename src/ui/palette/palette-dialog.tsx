import { Search } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import type { FoundPlace } from "../../domain/found-place.ts";
import type { AffectedBuilding } from "../../domain/scenario.ts";
import { lateSentences } from "../../i18n/late-sentences.ts";
import { createTranslator } from "../../i18n/translator.ts";
import { useTwin, useWords } from "../context.tsx";
import { useRun } from "../use-run.ts";
import { buildEntries, buildingEntries } from "./build-entries.ts";
import { PALETTE_GROUPS, type PaletteEntry, searchEntries } from "./entry.ts";
import { conditionEntries, coordinateEntry, placeEntries } from "./found-entries.ts";
import "../kit/dialog.css";
import "../kit/section.css";
import "./palette.css";

const SEARCH_DELAY_MS = 160;
const MAX_BUILDINGS = 8;

interface Found {
  readonly text: string;
  readonly buildings: readonly AffectedBuilding[];
  readonly places: readonly FoundPlace[];
}

const NOTHING: Found = { text: "", buildings: [], places: [] };

/** Buildings and places that the text means. An answer that comes too late is dropped; one that fails finds nothing. */
function useFound(text: string): Found & { readonly isSearching: boolean } {
  const { signals } = useTwin();
  const [answer, setAnswer] = useState<Found>(NOTHING);
  const question = text.trim();
  useEffect(() => {
    if (question.length < 2) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const [buildings, places] = await Promise.all([
        signals.findBuildings(question).catch(() => []),
        signals.findPlaces(question).catch(() => []),
      ]);
      if (isCurrent) setAnswer({ text: question, buildings: buildings.slice(0, MAX_BUILDINGS), places });
    }, SEARCH_DELAY_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [question, signals]);
  if (question.length < 2) return { ...NOTHING, isSearching: false };
  return { ...answer, isSearching: answer.text !== question };
}

function useEntries(text: string) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const all = useMemo(
    () =>
      buildEntries(stores, { t, other: createTranslator(t.locale === "en" ? "zh-CN" : "en", lateSentences) }),
    [stores, t],
  );
  const { buildings, places, isSearching } = useFound(text);
  const place = coordinateEntry(text, stores, t);
  const entries = [
    ...(place ? [place] : []),
    ...placeEntries(places, t),
    ...searchEntries(all, text),
    ...conditionEntries(text, stores, t),
    ...buildingEntries(buildings, stores, format),
  ];
  const groups = PALETTE_GROUPS.map((group) => ({
    group,
    entries: entries.filter((entry) => entry.group === group),
  })).filter((section) => section.entries.length > 0);
  return { groups, isSearching };
}

function EntryItem({ entry }: { entry: PaletteEntry }) {
  return (
    <ListBoxItem id={entry.id} textValue={entry.title} className="lt-palette-item">
      <span className="lt-ellipsis">{entry.title}</span>
      {entry.hint && <kbd>{entry.hint}</kbd>}
    </ListBoxItem>
  );
}

function KeyHints() {
  const { t } = useWords();
  return (
    <p className="lt-palette-foot" aria-hidden>
      <kbd>↑ ↓</kbd> {t("palette.hint.move")}
      <kbd>↵</kbd> {t("palette.hint.run")}
      <kbd>Esc</kbd> {t("palette.hint.close")}
    </p>
  );
}

function PaletteBody({ close }: { close: () => void }) {
  const { run } = useTwin();
  const { t } = useWords();
  const [text, setText] = useState("");
  const { groups, isSearching } = useEntries(text);
  const act = async (key: unknown) => {
    const entry = groups.flatMap((section) => section.entries).find((one) => one.id === key);
    if (!entry) return;
    close();
    for (const command of entry.commands) await run(command).catch(() => {});
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField className="lt-palette-field" aria-label={t("palette.title")} autoFocus>
        <Search className="lt-icon" aria-hidden />
        <Input placeholder={t("palette.placeholder")} spellCheck={false} />
      </SearchField>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="lt-palette-list lt-scroll" tabIndex={0} aria-label={t("palette.title")}>
        <ListBox
          aria-label={t("palette.title")}
          onAction={act}
          renderEmptyState={() => (
            <p className="lt-empty">{t(isSearching ? "palette.searching" : "palette.empty")}</p>
          )}
        >
          {groups.map(({ group, entries }) => (
            <ListBoxSection key={group} id={group}>
              <Header className="lt-palette-group">{t(`palette.group.${group}`)}</Header>
              {entries.map((entry) => (
                <EntryItem key={entry.id} entry={entry} />
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </section>
      <KeyHints />
    </Autocomplete>
  );
}

/** Every command by name, by keyboard alone. */
export function PaletteDialog() {
  const { t } = useWords();
  const run = useRun();
  const close = () => run({ type: "open-overlay", overlay: "none" });
  return (
    <ModalOverlay
      className="lt-scrim lt-palette-scrim"
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && close()}
    >
      <Modal className="lt-modal lt-palette">
        <Dialog className="lt-palette-dialog" aria-label={t("palette.title")}>
          <PaletteBody close={close} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
