/** Test support: the parts of the Origin Private File System that model files use, in memory. */

function named(name: string): DOMException {
  return new DOMException(name, name);
}

class MemoryFile {
  readonly kind = "file";
  bytes = new Uint8Array();

  constructor(private readonly disk: MemoryDisk) {}

  getFile(): Promise<Blob> {
    return Promise.resolve(new Blob([this.bytes]));
  }

  createSyncAccessHandle() {
    return Promise.resolve({
      truncate: (size: number) => {
        this.bytes = this.bytes.slice(0, size);
      },
      write: (data: Uint8Array) => {
        if (data.byteLength > this.disk.room) throw named("QuotaExceededError");
        this.bytes = data.slice() as Uint8Array<ArrayBuffer>;
        return data.byteLength;
      },
      flush: () => {},
      close: () => {},
    });
  }
}

class MemoryFolder {
  readonly kind = "directory";
  readonly #entries = new Map<string, MemoryFile | MemoryFolder>();

  constructor(private readonly disk: MemoryDisk) {}

  #child<T extends MemoryFile | MemoryFolder>(
    name: string,
    create: boolean,
    kind: new (disk: MemoryDisk) => T,
  ) {
    const known = this.#entries.get(name);
    if (known instanceof kind) return Promise.resolve(known);
    if (known) return Promise.reject(named("TypeMismatchError"));
    if (!create) return Promise.reject(named("NotFoundError"));
    const made = new kind(this.disk);
    this.#entries.set(name, made);
    return Promise.resolve(made);
  }

  getDirectoryHandle(name: string, options?: { create?: boolean }): Promise<MemoryFolder> {
    return this.#child(name, options?.create ?? false, MemoryFolder);
  }

  getFileHandle(name: string, options?: { create?: boolean }): Promise<MemoryFile> {
    return this.#child(name, options?.create ?? false, MemoryFile);
  }

  removeEntry(name: string): Promise<void> {
    return this.#entries.delete(name) ? Promise.resolve() : Promise.reject(named("NotFoundError"));
  }

  async *entries(): AsyncGenerator<[string, MemoryFile | MemoryFolder]> {
    yield* [...this.#entries];
  }
}

/** A `navigator` with private storage; `room` is the largest file that it takes. */
export class MemoryDisk {
  room = Number.POSITIVE_INFINITY;
  readonly root = new MemoryFolder(this);
  readonly held = new Set<string>();
  readonly storage = { getDirectory: () => Promise.resolve(this.root) };
  readonly locks = {
    request: async (
      name: string,
      optionsOrRun: { ifAvailable: boolean } | (() => Promise<unknown>),
      run?: (lock: object | null) => Promise<unknown>,
    ) => {
      if (typeof optionsOrRun === "function") {
        this.held.add(name);
        return optionsOrRun().finally(() => this.held.delete(name));
      }
      return run!(this.held.has(name) ? null : {});
    },
  };
}
