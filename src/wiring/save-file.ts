/** How long a browser may take to begin a download before its bytes are let go. */
const KEEP_MS = 60_000;

export interface OutgoingFile {
  readonly name: string;
  readonly type: string;
  readonly text: string | Blob;
}

/** Hands a file to the browser's downloads. */
export function saveFile({ name, type, text }: OutgoingFile): void {
  saveBlob(name, new Blob([text], { type }));
}

/** The same for bytes. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
