import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { useStore as useZustandStore } from "zustand";
import type { RunCommand } from "../commands/schemas.ts";
import type { FoundPlace } from "../domain/found-place.ts";
import type { ReportMaterial } from "../domain/incident-report.ts";
import type { ElementColumns, ElementDetail } from "../domain/model.ts";
import type { ElementTree, TreeOrder } from "../domain/reading/element-tree.ts";
import type { PropertyName } from "../domain/reading/property-name.ts";
import type { AffectedBuilding } from "../domain/scenario.ts";
import type { Selection } from "../domain/selection.ts";
import type { SensorSurroundings } from "../domain/sensor-surroundings.ts";
import type { ServiceLayer } from "../domain/service-layer.ts";
import type { TableRows } from "../domain/table.ts";
import { createFormat, type Format } from "../i18n/format.ts";
import { createTranslator, type LateSentences, type Translator } from "../i18n/translator.ts";
import type { TwinStore } from "../state/create-store.ts";
import type { Stores } from "../state/stores.ts";

/** What lies under the pointer in the city. `x`, `y` in CSS pixels of the window. */
export interface HoverHit {
  readonly title: string;
  readonly subtitle: string;
  readonly x: number;
  readonly y: number;
}

export interface CameraMotion {
  readonly headingDeg: number;
  readonly pitchDeg: number;
  /** Ground metres under one CSS pixel at the middle of the view. */
  readonly metersPerPixel: number;
}

/** What reaches the interface outside the stores: per-frame things by callback, bulk data by question. Each `on…` returns its unsubscriber. */
export interface UiSignals {
  onCameraMoved(fn: (motion: CameraMotion) => void): () => void;
  onCredits(fn: (credits: readonly string[]) => void): () => void;
  onHover(fn: (hit: HoverHit | null) => void): () => void;
  /** Tiles still to load; optional, for the loading mark. */
  onLoading?(fn: (tilesLeft: number) => void): () => void;
  readProperties(modelId: string, globalId: string): Promise<ElementDetail | null>;
  findBuildings(text: string): Promise<readonly AffectedBuilding[]>;
  /** What is round a sensor; null when there is no such sensor. */
  surroundings(sensorId: string): Promise<SensorSurroundings | null>;
  dropFiles(files: FileList): void;
  /** What an incident's report quotes, and its pictures; null when there is no such incident. */
  report(incidentId: string): Promise<ReportMaterial | null>;
  elementTree(modelId: string, order: TreeOrder): Promise<ElementTree>;
  elementColumns(modelId: string): Promise<ElementColumns>;
  propertyNames(modelId: string): Promise<readonly PropertyName[]>;
  viewpointImage(id: string): Promise<Blob | null>;
  /** Places of the city by name, pinyin or code, best first. */
  findPlaces(text: string): Promise<readonly FoundPlace[]>;
  /** Rows of the open attribute table. */
  tableRows(from: number, to: number): Promise<TableRows>;
  /** Where the selection is among the rows of the open table; -1 when it is not. */
  tablePosition(selection: Selection): Promise<number>;
  /** What a map server offers. Rejects with `map.*`. */
  serviceLayers(kind: "wms" | "wmts", url: string): Promise<readonly ServiceLayer[]>;
}

/** Everything the interface is given. It never sees an engine. */
export interface TwinUi {
  readonly stores: Stores;
  /** The door for buttons: a failure becomes a notice, and the promise still rejects. */
  readonly run: RunCommand;
  /** The same door without notices, for windows that tell a failure in their own place. */
  readonly attempt: RunCommand;
  readonly signals: UiSignals;
}

interface Words {
  readonly t: Translator;
  readonly format: Format;
}

const TwinContext = createContext<TwinUi | null>(null);
const WordsContext = createContext<Words | null>(null);

export function useStore<S extends object, T>(store: TwinStore<S>, select: (state: S) => T): T {
  return useZustandStore(store.api, select);
}

function useLateSentences(): LateSentences | null {
  const [late, setLate] = useState<LateSentences | null>(null);
  useEffect(() => {
    import("../i18n/late-sentences.ts").then(
      (module) => setLate(module.lateSentences),
      () => {},
    );
  }, []);
  return late;
}

export function TwinProvider({ twin, children }: { twin: TwinUi; children: ReactNode }) {
  const locale = useStore(twin.stores.ui, (state) => state.locale);
  const late = useLateSentences();
  const words = useMemo(
    () => ({ t: createTranslator(locale, late), format: createFormat(locale) }),
    [locale, late],
  );
  return (
    <TwinContext value={twin}>
      <WordsContext value={words}>{children}</WordsContext>
    </TwinContext>
  );
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error("interface is mounted outside its TwinProvider");
  return value;
}

export function useTwin(): TwinUi {
  return present(useContext(TwinContext));
}

/** Sentences and formatters of the language in use. */
export function useWords(): Words {
  return present(useContext(WordsContext));
}

/** Epoch ms, renewed every `intervalMs` while mounted: ages and clocks. */
export function useNow(intervalMs = 1000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return now;
}
