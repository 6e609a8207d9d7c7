/**
 * Of all pages of this origin one keeps the record of what comes in; the next one takes over when it goes. `onTurn` is called once,
 * when it is this page's turn: at once when nobody else is there, or where the browser has no locks. Returns the function that
 * hands it on.
 */
export function takeTurnRecording(
  onTurn: () => void,
  locks: Pick<LockManager, "request"> | undefined = globalThis.navigator?.locks,
  name = "liaotwin.recorder",
): () => void {
  if (!locks) {
    onTurn();
    return () => {};
  }
  const waiting = new AbortController();
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  locks
    .request(name, { signal: waiting.signal }, () => {
      if (waiting.signal.aborted) return;
      onTurn();
      return held;
    })
    .catch(() => {});
  return () => {
    waiting.abort();
    release();
  };
}
