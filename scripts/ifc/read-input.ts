import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { TwinError } from "../../src/base/errors.ts";

/**
 * Bytes of a local file or a URL.
 * @throws TwinError `file.missing`, `file.unreadable`, `download.failed`
 */
export async function readInput(input: string): Promise<{ bytes: Uint8Array; fileName: string }> {
  return /^https?:\/\//i.test(input) ? await download(input) : await readLocal(input);
}

async function readLocal(path: string): Promise<{ bytes: Uint8Array; fileName: string }> {
  try {
    return { bytes: new Uint8Array(await readFile(path)), fileName: basename(path) };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT")
      throw new TwinError("file.missing", `There is no file ${path}. Check the path.`, { file: path }, cause);
    const detail =
      code === "EISDIR" ? "it is a folder" : cause instanceof Error ? cause.message : String(cause);
    throw new TwinError(
      "file.unreadable",
      `${path} cannot be read: ${detail}.`,
      { file: path, detail },
      cause,
    );
  }
}

async function download(url: string): Promise<{ bytes: Uint8Array; fileName: string }> {
  const failed = (detail: string, cause?: unknown) =>
    new TwinError("download.failed", `${url} cannot be downloaded: ${detail}.`, { url, detail }, cause);
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw failed("the server does not answer", cause);
  }
  if (!response.ok) throw failed(`the server answers ${response.status} ${response.statusText}`.trim());
  const fileName = decodeURIComponent(basename(new URL(url).pathname)) || "model.ifc";
  return { bytes: new Uint8Array(await response.arrayBuffer()), fileName };
}
