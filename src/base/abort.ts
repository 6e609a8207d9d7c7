/** Abort is not an error: it is recognised by its name, never logged. */
export function isAbort(error: unknown): boolean {
  return typeof error === "object" && error !== null && (error as { name?: unknown }).name === "AbortError";
}

export function createAbortError(message = "aborted"): DOMException {
  return new DOMException(message, "AbortError");
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw createAbortError();
}
