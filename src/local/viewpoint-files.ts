import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { TwinError } from "../base/errors.ts";
import type { Viewpoint } from "../domain/reading/viewpoint.ts";

interface ViewpointDb extends DBSchema {
  viewpoints: { key: string; value: Viewpoint };
  /** PNG by viewpoint. */
  snapshots: { key: string; value: Uint8Array };
}

const NAME = "liaotwin-viewpoints";

let opening: Promise<IDBPDatabase<ViewpointDb>> | null = null;

/** @throws TwinError `storage.missing` */
async function database(): Promise<IDBPDatabase<ViewpointDb>> {
  opening ??= openDB<ViewpointDb>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore("viewpoints", { keyPath: "id" });
      db.createObjectStore("snapshots");
    },
    blocking: (_current, _blocked, event) => {
      opening = null;
      (event.target as IDBDatabase).close();
    },
  });
  try {
    return await opening;
  } catch (cause) {
    opening = null;
    throw new TwinError(
      "storage.missing",
      "This browser gives no private storage here, so viewpoints cannot be kept.",
      {},
      cause,
    );
  }
}

/** All viewpoints, oldest first. */
export async function listViewpoints(): Promise<Viewpoint[]> {
  const all = await (await database()).getAll("viewpoints");
  return all.sort((a, b) => a.createdMs - b.createdMs || a.id.localeCompare(b.id));
}

/** Resolves when both are on the disk. `snapshot` undefined leaves the one that is there. */
export async function writeViewpoint(viewpoint: Viewpoint, snapshot?: Uint8Array): Promise<void> {
  const write = (await database()).transaction(["viewpoints", "snapshots"], "readwrite");
  await Promise.all([
    write.objectStore("viewpoints").put(viewpoint),
    ...(snapshot ? [write.objectStore("snapshots").put(snapshot, viewpoint.id)] : []),
    write.done,
  ]);
}

export async function readSnapshot(id: string): Promise<Uint8Array | null> {
  return (await (await database()).get("snapshots", id)) ?? null;
}

export async function removeViewpoints(ids: readonly string[]): Promise<void> {
  const write = (await database()).transaction(["viewpoints", "snapshots"], "readwrite");
  await Promise.all([
    ...ids.flatMap((id) => [
      write.objectStore("viewpoints").delete(id),
      write.objectStore("snapshots").delete(id),
    ]),
    write.done,
  ]);
}
