/** What is remembered of a dropped file beside its bytes. */
export interface DropNote {
  readonly crs: string | null;
  readonly gcj02: boolean;
  readonly color: string;
  readonly loadedAtMs: number;
  readonly visible: boolean;
  readonly opacity: number;
}

export interface KeptDrop {
  readonly id: string;
  readonly files: readonly File[];
  readonly note: DropNote;
}

const FOLDER = "drops";
/** Written last: a folder without it is what an interrupted write left. */
const NOTE_FILE = "note.json";
/** Together; larger ones are not kept. */
export const MOST_KEPT_BYTES = 64 << 20;

type Folder = FileSystemDirectoryHandle & { entries(): AsyncIterable<[string, FileSystemHandle]> };

async function dropsFolder(create: boolean): Promise<Folder | null> {
  try {
    const root = await navigator.storage.getDirectory();
    return (await root.getDirectoryHandle(FOLDER, { create })) as Folder;
  } catch {
    return null;
  }
}

async function write(folder: FileSystemDirectoryHandle, name: string, content: Blob | string): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  await stream.write(content);
  await stream.close();
}

/** Keeps the files of a layer for the next visit; false where they are too large or the browser keeps nothing. */
export async function keepDrop(id: string, files: readonly File[], note: DropNote): Promise<boolean> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const drops = bytes <= MOST_KEPT_BYTES ? await dropsFolder(true) : null;
  if (!drops) return false;
  try {
    const folder = await drops.getDirectoryHandle(id, { create: true });
    for (const [k, file] of files.entries()) await write(folder, `${k}-${file.name}`, file);
    await write(folder, NOTE_FILE, JSON.stringify(note));
    return true;
  } catch {
    await removeDrop(id);
    return false;
  }
}

/** Changes what is remembered of a kept layer; nothing happens when it is not kept. */
export async function noteDrop(id: string, note: DropNote): Promise<void> {
  const drops = await dropsFolder(false);
  const folder = await drops?.getDirectoryHandle(id).catch(() => null);
  if (folder) await write(folder, NOTE_FILE, JSON.stringify(note)).catch(() => {});
}

export async function removeDrop(id: string): Promise<void> {
  const drops = await dropsFolder(false);
  await drops?.removeEntry(id, { recursive: true }).catch(() => {});
}

/** What was kept, oldest first. Remains of interrupted writes are removed. */
export async function listDrops(): Promise<readonly KeptDrop[]> {
  const drops = await dropsFolder(false);
  if (!drops) return [];
  const kept: KeptDrop[] = [];
  const remains: string[] = [];
  for await (const [id, handle] of drops.entries()) {
    const drop = handle.kind === "directory" ? await readDrop(id, handle as Folder).catch(() => null) : null;
    if (drop) kept.push(drop);
    else remains.push(id);
  }
  for (const id of remains) await removeDrop(id);
  return kept.sort((a, b) => a.note.loadedAtMs - b.note.loadedAtMs);
}

async function readDrop(id: string, folder: Folder): Promise<KeptDrop | null> {
  const named: [number, File][] = [];
  let note: DropNote | null = null;
  for await (const [name, handle] of folder.entries()) {
    const file = await (handle as FileSystemFileHandle).getFile();
    if (name === NOTE_FILE) note = JSON.parse(await file.text()) as DropNote;
    else named.push([Number.parseInt(name, 10), new File([file], name.replace(/^\d+-/, ""))]);
  }
  if (!note || named.length === 0) return null;
  return { id, files: named.sort((a, b) => a[0] - b[0]).map(([, file]) => file), note };
}
