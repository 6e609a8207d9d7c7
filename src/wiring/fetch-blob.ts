import { isAbort } from "../base/abort.ts";
import { TwinError } from "../base/errors.ts";
import type { RunningJob } from "./job-log.ts";

/** Downloads with progress. Rejects with `fetch.failed` (network, CORS) or `fetch.status`, or AbortError. */
export async function fetchBlob(url: string, job: RunningJob): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(url, { signal: job.signal });
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new TwinError(
      "fetch.failed",
      `${url} cannot be reached: check the address, and that its server allows requests from this page (CORS).`,
      { url },
      error,
    );
  }
  if (!response.ok)
    throw new TwinError("fetch.status", `${url} answered ${response.status}: check the address.`, {
      url,
      status: response.status,
    });
  const total =
    Number(response.headers.get("content-encoding") ? 0 : response.headers.get("content-length")) || 0;
  if (!response.body) return response.blob();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  for (const reader = response.body.getReader(); ; ) {
    const chunk = await reader.read();
    if (chunk.done) break;
    parts.push(chunk.value as Uint8Array<ArrayBuffer>);
    done += chunk.value.byteLength;
    job.report({ stage: "download", done, total });
  }
  return new Blob(parts);
}
