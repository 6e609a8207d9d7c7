export type BimViewEvents = {
  /** GlobalId of the element that was clicked; null for a click beside the building. */
  clicked: { readonly globalId: string | null };
};

/** The three.js close-up of one model: the same tiles as in the city. Frame: model ENU metres, z up in arguments. */
export interface BimView {
  on<K extends keyof BimViewEvents>(event: K, fn: (payload: BimViewEvents[K]) => void): () => void;
  /** Shows the model; resolves when the first tiles are drawn. */
  open(modelId: string, readTile: (path: string) => Promise<ArrayBuffer>): Promise<void>;
  close(): void;
  select(globalId: string | null): void;
  /** Rows of storeys to hide (the `storey` property). */
  hideStoreys(storeyIndexes: readonly number[]): void;
  setSection(
    section: {
      readonly axis: "east" | "north" | "up";
      readonly offset: number;
      readonly flipped: boolean;
    } | null,
  ): void;
  setTheme(theme: "night" | "day"): void;
  zoomToFit(): void;
  whenIdle(timeoutMs?: number): Promise<void>;
  stats(): Readonly<Record<string, number>>;
  dispose(): void;
}
