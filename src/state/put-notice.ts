import type { Notice, Stores } from "./stores.ts";

const KEPT = 4;
let count = 0;

/** Shows a notice after the others; the oldest gives way. */
export function putNotice(stores: Pick<Stores, "notices">, notice: Omit<Notice, "id">): void {
  const { notices } = stores;
  notices.set({ notices: [...notices.get().notices, { id: ++count, ...notice }].slice(-KEPT) });
}
