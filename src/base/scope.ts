/**
 * Owns what it is given and ends it in reverse order. Who creates, destroys: every engine object, listener and worker
 * belongs to one Scope. A cleanup that throws does not stop the rest; the errors come out together at the end.
 */
export class Scope {
  #cleanups: (() => void)[] = [];
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Registers a cleanup and returns a function that runs it early, once. Runs at once if the scope has ended. */
  add(cleanup: () => void): () => void {
    if (this.#disposed) {
      cleanup();
      return () => {};
    }
    this.#cleanups.push(cleanup);
    return () => {
      const at = this.#cleanups.indexOf(cleanup);
      if (at < 0) return;
      this.#cleanups.splice(at, 1);
      cleanup();
    };
  }

  /** Keeps a disposable object and hands it back. */
  own<T extends { dispose(): void }>(owned: T): T {
    this.add(() => owned.dispose());
    return owned;
  }

  listen<K extends keyof WindowEventMap>(
    target: EventTarget,
    type: K | (string & {}),
    fn: (event: never) => void,
    options?: AddEventListenerOptions,
  ): void {
    target.addEventListener(type, fn as EventListener, options);
    this.add(() => target.removeEventListener(type, fn as EventListener, options));
  }

  /** Throws an AggregateError after everything has been tried. Calling it twice does nothing. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const errors: unknown[] = [];
    for (const cleanup of this.#cleanups.reverse()) {
      try {
        cleanup();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#cleanups = [];
    if (errors.length > 0) throw new AggregateError(errors, "cleanups failed");
  }
}
