import type { LocalText } from "./provenance.ts";

export type AnnouncementTarget =
  | { readonly kind: "warning"; readonly id: string }
  | { readonly kind: "alert"; readonly ruleId: string }
  | { readonly kind: "incident"; readonly id: string };

/** Something new and important, announced once. */
export interface Announcement {
  readonly id: string;
  /** The thing that it is about: repeats of the same one count up. */
  readonly key: string;
  /** Warning level 1-4. */
  readonly level: number;
  readonly text: LocalText;
  readonly atMs: number;
  readonly target: AnnouncementTarget;
  /** Further ones of the same kind that came while it waited. */
  readonly repeats: number;
  /** When it was over by itself, epoch ms; null while it holds. It waits all the same. */
  readonly endedMs: number | null;
}
