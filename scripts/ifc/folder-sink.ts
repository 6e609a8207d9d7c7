import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { TwinError } from "../../src/base/errors.ts";
import type { TileSink } from "../../workers/tiles/contract.ts";

/** A folder with one of them is an earlier output. */
const MARKS = ["tileset.json", "layer.json"];

/**
 * Collects files in a temporary folder beside the target and puts it in place only when all is written: the target is
 * the old folder or the new one, never half of one.
 */
export class FolderSink implements TileSink {
  readonly #target: string;
  readonly #temporary: string;

  private constructor(target: string, temporary: string) {
    this.#target = target;
    this.#temporary = temporary;
  }

  /**
   * @param keptName name of the temporary folder, which then may hold what an earlier run left; a new one when absent
   * @throws TwinError `output.not_writable`
   */
  static async create(target: string, keptName?: string): Promise<FolderSink> {
    const path = resolve(target);
    try {
      await mkdir(dirname(path), { recursive: true });
      const kept = keptName === undefined ? null : join(dirname(path), keptName);
      if (kept) await mkdir(kept, { recursive: true });
      const temporary = kept ?? (await mkdtemp(join(dirname(path), `.${basename(path)}-`)));
      // mkdtemp makes it private to this user, but a web server may have to read the result
      await chmod(temporary, 0o755);
      return new FolderSink(path, temporary);
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new TwinError(
        "output.not_writable",
        `Cannot write beside ${path}: ${detail}.`,
        { path, detail },
        cause,
      );
    }
  }

  /** Where files are collected until `commit`, for threads that write by themselves. */
  get folder(): string {
    return this.#temporary;
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const file = join(this.#temporary, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }

  /** Replaces the target. A folder there must be empty or an earlier output (it holds `tileset.json` or `layer.json`). */
  async commit(): Promise<void> {
    await this.#assertReplaceable();
    const old = `${this.#temporary}-old`;
    const hadOld = await rename(this.#target, old).then(
      () => true,
      () => false,
    );
    await rename(this.#temporary, this.#target);
    if (hadOld) await rm(old, { recursive: true });
  }

  async discard(): Promise<void> {
    await rm(this.#temporary, { recursive: true, force: true });
  }

  async #assertReplaceable(): Promise<void> {
    const found = await stat(this.#target).catch(() => null);
    if (!found) return;
    const names = found.isDirectory() ? await readdir(this.#target) : ["a file"];
    if (names.length === 0 || (found.isDirectory() && MARKS.some((mark) => names.includes(mark)))) return;
    throw new TwinError(
      "output.occupied",
      `${this.#target} exists and is not a tileset folder. Choose another folder or empty it.`,
      { path: this.#target },
    );
  }
}
