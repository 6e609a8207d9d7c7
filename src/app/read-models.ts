import { TwinError } from "../base/errors.ts";
import type { FileDesk } from "../wiring/file-desk.ts";
import type { ModelLibrary } from "../wiring/model-library.ts";
import type { WireParts } from "../wiring/parts.ts";
import { ReadingDesk } from "../wiring/reading-desk.ts";
import { rememberReading } from "../wiring/reading-memory.ts";
import { saveFile } from "../wiring/save-file.ts";
import type { CloseUpWire } from "../wiring/wire-close-up.ts";
import { wireReading } from "../wiring/wire-reading.ts";
import { wireSections } from "../wiring/wire-sections.ts";
import { wireViewpoints } from "../wiring/wire-viewpoints.ts";
import { wireVoids } from "../wiring/wire-voids.ts";

/** Reading models: search, trees, colours, checks, viewpoints, in both views. */
export function readModels(
  parts: WireParts,
  { library, closeUp, files }: { library: ModelLibrary; closeUp: CloseUpWire; files: FileDesk },
) {
  const desk = new ReadingDesk(parts);
  const blobOf = async (source: string): Promise<Blob> => {
    if (source.startsWith("file:")) return files.take(source);
    const response = await fetch(new URL(source, document.baseURI).href);
    if (response.ok) return response.blob();
    throw new TwinError("fetch.status", `${source} answered ${response.status}: check the address.`, {
      url: source,
      status: response.status,
    });
  };
  const { restore, snapshotOf, ...viewpoints } = wireViewpoints(parts, {
    library,
    desk,
    closeUp,
    blobOf,
    saveFile: (blob, name) => saveFile({ name, type: blob.type, text: blob }),
  });
  wireSections(parts);
  wireVoids(parts);
  const memory = rememberReading(parts);
  const restoreAll = async () => {
    memory.restore();
    await restore();
  };
  const ports = { ...wireReading(parts, { library, desk, closeUp, files, blobOf }), ...viewpoints };
  return { ports, desk, restore: restoreAll, snapshotOf, blobOf };
}
