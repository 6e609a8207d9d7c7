import { TwinError } from "../base/errors.ts";

/** Gives files that the user dropped or chose a name that a command can carry: `file:1`. Kept for the session. */
export class FileDesk {
  readonly #files: File[] = [];

  leave(file: File): string {
    return `file:${this.#files.push(file)}`;
  }

  take(ticket: string): File {
    const file = this.#files[Number(ticket.slice(5)) - 1];
    if (!file)
      throw new TwinError("file.gone", `${ticket} is not here any more: choose the file again.`, { ticket });
    return file;
  }
}
