import type { Emitter } from "../base/emitter.ts";
import type { Scope } from "../base/scope.ts";
import type { CityView } from "../city/contract.ts";
import type { RunCommand } from "../commands/schemas.ts";
import type { TwinEvent, TwinEventBody } from "../domain/twin-event.ts";
import type { Stores } from "../state/stores.ts";

/** What the pointer is over, ready to be shown. */
export interface HoverHit {
  readonly title: string;
  readonly subtitle: string;
  readonly x: number;
  readonly y: number;
}

/** Things that change too often for a store. */
export type LiveSignals = {
  cameraMoved: { readonly headingDeg: number; readonly pitchDeg: number; readonly metersPerPixel: number };
  creditsChanged: readonly string[];
  hovered: HoverHit | null;
  loadingChanged: number;
};

/** The log of what came in, was decided and was done. */
export interface EventDesk {
  /**
   * Adds an entry at the present moment; resolves when it is on the disk. Nothing counts as done before that. With an `id` the
   * entry that is there already under it is answered: two pages that add the same one add it once.
   */
  append(actor: string, body: TwinEventBody, id?: string): Promise<TwinEvent>;
  /** The same for what happens by itself in the present while the past is shown: `append` is for what is shown. */
  appendPresent?(actor: string, body: TwinEventBody, id?: string): Promise<TwinEvent>;
  /** Entries of the kind `incident` that are stored, oldest first. */
  incidentEntries?(): Promise<readonly TwinEvent[]>;
  /** Stored entries of some kinds, oldest first: what a report quotes. */
  entriesOfKinds?(kinds: readonly TwinEvent["kind"][]): Promise<readonly TwinEvent[]>;
  /** Tells of entries that another page of this browser has stored; returns the unsubscriber. */
  onForeign?(fn: (event: TwinEvent) => void): () => void;
}

/** What every wire gets. Each wire keeps one noun of the stores and one part of an engine in step. */
export interface WireParts {
  readonly stores: Stores;
  readonly view: CityView;
  readonly scope: Scope;
  readonly signals: Emitter<LiveSignals>;
  /** The command door; wires call it for what users do on the canvas. Failures become notices. */
  readonly run: RunCommand;
  /** For what fails without anyone waiting for it: becomes a notice; aborts pass in silence. */
  readonly onError: (error: unknown) => void;
  /** Root of served files, ends with "/". */
  readonly baseUrl: string;
  readonly events: EventDesk;
}
