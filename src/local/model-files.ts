import { TwinError } from "../base/errors.ts";

/** Where a conversion writes one model. `discard` takes away what was written of an unfinished one. */
export interface ModelSink {
  write(path: string, bytes: Uint8Array): Promise<void>;
  discard(): Promise<void>;
}

const FOLDER = "models";
/** Written last: a folder without it is what an interrupted conversion left. */
const LAST_FILE = "model.json";

function missing(cause?: unknown): TwinError {
  return new TwinError(
    "storage.missing",
    "This browser gives no private file storage here, which converted models need. Use a current Chrome, Edge, Firefox or Safari over https or localhost, not in a private window.",
    {},
    cause,
  );
}

function isNamed(error: unknown, name: string): boolean {
  return (error as { name?: unknown } | null)?.name === name;
}

/** @throws TwinError `storage.missing` */
async function modelsFolder(): Promise<FileSystemDirectoryHandle> {
  if (!globalThis.navigator?.storage?.getDirectory) throw missing();
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(FOLDER, { create: true });
  } catch (cause) {
    throw missing(cause);
  }
}

function stepsOf(path: string): { folders: string[]; file: string } {
  const steps = path.split("/");
  const file = steps.pop();
  if (!file || steps.some((step) => step === "" || step === "." || step === ".."))
    throw new RangeError(`not a path inside a model folder: ${path}`);
  return { folders: steps, file };
}

async function fileIn(
  folder: FileSystemDirectoryHandle,
  path: string,
  create: boolean,
): Promise<FileSystemFileHandle> {
  const { folders, file } = stepsOf(path);
  let at = folder;
  for (const name of folders) at = await at.getDirectoryHandle(name, { create });
  return at.getFileHandle(file, { create });
}

async function writeFile(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<void> {
  const data = bytes as Uint8Array<ArrayBuffer>;
  // only workers have sync handles; they are several times faster and Safari's only way before version 26
  if ("createSyncAccessHandle" in handle) {
    const access = await (handle as SyncFileHandle).createSyncAccessHandle();
    try {
      access.truncate(0);
      if (access.write(data, { at: 0 }) < data.byteLength)
        throw new DOMException("the disk took only a part", "QuotaExceededError");
      access.flush();
    } finally {
      access.close();
    }
    return;
  }
  const stream = await (handle as FileSystemFileHandle).createWritable();
  await stream.write(data);
  await stream.close();
}

interface SyncFileHandle {
  createSyncAccessHandle(): Promise<{
    truncate(size: number): void;
    write(data: BufferSource, options: { at: number }): number;
    flush(): void;
    close(): void;
  }>;
}

async function removeFolder(models: FileSystemDirectoryHandle, modelId: string): Promise<void> {
  try {
    await models.removeEntry(modelId, { recursive: true });
  } catch (error) {
    if (!isNamed(error, "NotFoundError")) throw error;
  }
}

function lockName(modelId: string): string {
  return `liaotwin-model-${modelId}`;
}

/** Runs with the model's folder to itself, in all tabs: two conversions of the same file take turns. */
export async function withModelLock<T>(modelId: string, run: () => Promise<T>): Promise<T> {
  return navigator.locks ? await navigator.locks.request(lockName(modelId), run) : await run();
}

/**
 * Empties the model's folder and opens it for writing; `model.json` must be written last.
 * @throws TwinError `storage.missing`; its `write` throws `storage.full`, `storage.failed`
 */
export async function openModelSink(modelId: string): Promise<ModelSink> {
  const models = await modelsFolder();
  await removeFolder(models, modelId);
  const folder = await models.getDirectoryHandle(modelId, { create: true });
  return {
    async write(path, bytes) {
      try {
        await writeFile(await fileIn(folder, path, true), bytes);
      } catch (cause) {
        if (isNamed(cause, "QuotaExceededError"))
          throw new TwinError(
            "storage.full",
            "The browser's storage is full: remove models that are no longer needed, or free disk space, and try again.",
            {},
            cause,
          );
        const detail = cause instanceof Error ? cause.message : String(cause);
        throw new TwinError(
          "storage.failed",
          `The browser's storage refused to write ${path} (${detail}). Reload the page and try again.`,
          { path, detail },
          cause,
        );
      }
    },
    discard: () => removeFolder(models, modelId),
  };
}

/**
 * A file of a converted model, `path` relative to its folder.
 * @throws TwinError `storage.missing`, `storage.not_found`
 */
export async function readModelFile(modelId: string, path: string): Promise<ArrayBuffer> {
  const models = await modelsFolder();
  try {
    const folder = await models.getDirectoryHandle(modelId);
    const handle = await fileIn(folder, path, false);
    return await (await handle.getFile()).arrayBuffer();
  } catch (cause) {
    if (!isNamed(cause, "NotFoundError")) throw cause;
    throw new TwinError(
      "storage.not_found",
      `The stored model has no file ${path}: the browser may have cleared it. Open the IFC file again.`,
      { path },
      cause,
    );
  }
}

async function hasLastFile(folder: FileSystemDirectoryHandle): Promise<boolean> {
  try {
    await folder.getFileHandle(LAST_FILE);
    return true;
  } catch {
    return false;
  }
}

/** Ids of complete models, in order. Remains of interrupted conversions are removed; running ones are left alone. */
export async function listModels(): Promise<string[]> {
  if (!globalThis.navigator?.storage?.getDirectory) return [];
  const models = await modelsFolder();
  const ids: string[] = [];
  const remains: string[] = [];
  for await (const [id, handle] of (models as IterableDirectory).entries()) {
    if (handle.kind === "directory" && (await hasLastFile(handle as FileSystemDirectoryHandle))) ids.push(id);
    else remains.push(id);
  }
  for (const id of remains) await removeRemains(models, id);
  return ids.sort();
}

type IterableDirectory = FileSystemDirectoryHandle & {
  entries(): AsyncIterable<[string, FileSystemHandle]>;
};

async function removeRemains(models: FileSystemDirectoryHandle, id: string): Promise<void> {
  if (!navigator.locks) return removeFolder(models, id);
  await navigator.locks.request(lockName(id), { ifAvailable: true }, async (lock) => {
    if (lock) await removeFolder(models, id).catch(() => {});
  });
}

/** Deletes a model; nothing happens when there is none. */
export async function removeModel(modelId: string): Promise<void> {
  await removeFolder(await modelsFolder(), modelId);
}
