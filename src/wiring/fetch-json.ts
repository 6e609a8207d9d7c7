import { TwinError } from "../base/errors.ts";

/** Rejects with `fetch.failed`, `fetch.status` or `fetch.not-json`. The content is not checked: parse it. */
export async function fetchJson<T>(url: string): Promise<T> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new TwinError("fetch.failed", `${url} cannot be reached: check the address.`, { url }, error);
  });
  if (!response.ok)
    throw new TwinError("fetch.status", `${url} answered ${response.status}: check the address.`, {
      url,
      status: response.status,
    });
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw new TwinError("fetch.not-json", `${url} is not JSON.`, { url }, error);
  }
}
