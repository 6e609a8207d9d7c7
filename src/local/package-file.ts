import { strToU8, Unzip, UnzipInflate, Zip, ZipDeflate } from "fflate";
import { TwinError } from "../base/errors.ts";
import {
  type IncidentPackage,
  PACKAGE_FORMAT,
  PACKAGE_VERSION,
  type PackageManifest,
  READ_VERSIONS,
} from "../domain/package.ts";
import type { TwinEvent } from "../domain/twin-event.ts";
import { eventOfLine, lineOfEvent } from "./event-text.ts";

const MANIFEST = "manifest.json";
const EVENTS = "events.ndjson";
const VIEWS = "views.json";
/** What a package may unfold to: a day of 20 000 sensors has about 600 MB. */
export const MAX_BYTES = 1_000_000_000;
const SLICE = 64 * 1024;
const SLICE_MS = 12;

const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Writes a package as a `.zip`, in slices that leave the page its frames. */
export async function writePackage({ manifest, events, views }: IncidentPackage): Promise<Blob> {
  const parts: BlobPart[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(new Uint8Array(chunk));
  });
  const put = (name: string, text: string) => {
    const file = new ZipDeflate(name, { level: 6 });
    zip.add(file);
    file.push(strToU8(text), true);
  };
  put(MANIFEST, JSON.stringify(manifest, null, 2));
  put(VIEWS, JSON.stringify(views, null, 2));
  const file = new ZipDeflate(EVENTS, { level: 3 });
  zip.add(file);
  let sliceStart = performance.now();
  for (const event of events) {
    file.push(strToU8(`${lineOfEvent(event)}\n`), false);
    if (performance.now() - sliceStart < SLICE_MS) continue;
    await breathe();
    sliceStart = performance.now();
  }
  file.push(new Uint8Array(0), true);
  zip.end();
  return new Blob(parts, { type: "application/zip" });
}

/**
 * Reads a package. Entries of kinds that this program does not know, or that are damaged, are counted in `skipped`. Throws TwinError
 * `package.not-zip`, `package.foreign` (another zip), `package.version`, `package.damaged`, `package.too-big`.
 */
export async function readPackage(
  file: Blob,
  maxBytes = MAX_BYTES,
): Promise<IncidentPackage & { readonly skipped: number }> {
  const reader = new PackageReader(maxBytes);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw new TwinError("package.not-zip", "This is no incident package: it is not a zip file.");
  const unzip = new Unzip((entry) => reader.take(entry));
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += SLICE) {
      unzip.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
      reader.check();
      await breathe();
    }
  } catch (error) {
    if (error instanceof TwinError) throw error;
    throw damaged(error);
  }
  return reader.finish();
}

class PackageReader {
  readonly #maxBytes: number;
  readonly #whole = new Map<string, string>();
  readonly #events: TwinEvent[] = [];
  #bytes = 0;
  #rest = "";
  #skipped = 0;
  #error: TwinError | null = null;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  take(entry: Parameters<ConstructorParameters<typeof Unzip>[0] & object>[0]): void {
    if (![MANIFEST, EVENTS, VIEWS].includes(entry.name)) return;
    const decoder = new TextDecoder();
    let text = "";
    entry.ondata = (error, chunk, isLast) => {
      if (error) this.#error ??= damaged(error);
      this.#bytes += chunk?.length ?? 0;
      if (this.#bytes > this.#maxBytes) {
        this.#error ??= new TwinError(
          "package.too-big",
          `The package unfolds to more than ${Math.round(this.#maxBytes / 1e6)} MB.`,
          { limitMb: Math.round(this.#maxBytes / 1e6) },
        );
        entry.terminate();
      }
      if (this.#error) return;
      const piece = decoder.decode(chunk, { stream: !isLast });
      if (entry.name === EVENTS) this.#takeLines(piece, isLast);
      else text += piece;
      if (isLast) this.#whole.set(entry.name, text);
    };
    entry.start();
  }

  check(): void {
    if (this.#error) throw this.#error;
  }

  finish(): IncidentPackage & { readonly skipped: number } {
    this.check();
    const manifest = manifestOf(this.#whole.get(MANIFEST));
    if (!this.#whole.has(EVENTS)) throw damaged(null);
    if (this.#events.length + this.#skipped < manifest.span.entries) throw damaged(null);
    return { manifest, events: this.#events, views: this.#views(), skipped: this.#skipped };
  }

  #takeLines(piece: string, isLast: boolean): void {
    const lines = (this.#rest + piece).split("\n");
    this.#rest = isLast ? "" : (lines.pop() ?? "");
    for (const line of lines) {
      if (line === "") continue;
      try {
        this.#events.push(eventOfLine(line));
      } catch {
        this.#skipped++;
      }
    }
  }

  #views(): IncidentPackage["views"] {
    try {
      const views: unknown = JSON.parse(this.#whole.get(VIEWS) ?? "[]");
      return Array.isArray(views) ? (views as IncidentPackage["views"]) : [];
    } catch {
      return [];
    }
  }
}

function manifestOf(text: string | undefined): PackageManifest {
  let manifest: Partial<PackageManifest> | null = null;
  try {
    manifest = JSON.parse(text ?? "null") as Partial<PackageManifest> | null;
  } catch (error) {
    throw damaged(error);
  }
  if (manifest?.format !== PACKAGE_FORMAT)
    throw new TwinError("package.foreign", "This zip file is no incident package.");
  if (!READ_VERSIONS.includes(manifest.version ?? 0))
    throw new TwinError(
      "package.version",
      `The package has version ${String(manifest.version)}; this program reads version ${PACKAGE_VERSION}.`,
      { version: String(manifest.version), known: PACKAGE_VERSION },
    );
  const { span, hash, title } = manifest;
  const isWhole =
    typeof hash === "string" &&
    typeof title === "string" &&
    [span?.fromMs, span?.toMs, span?.entries].every(Number.isFinite);
  if (!isWhole) throw damaged(null);
  return manifest as PackageManifest;
}

function damaged(cause: unknown): TwinError {
  return new TwinError("package.damaged", "The package is damaged or incomplete.", {}, cause ?? undefined);
}
