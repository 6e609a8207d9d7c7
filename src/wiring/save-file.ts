/** How long a browser may take to begin a download before its bytes are let go. */
const KEEP_MS = 60_000;

export interface OutgoingFile {
  readonly name: string;
  readonly type: string;
  readonly text: string | Blob;
}

/** Hands a file to the browser's downloads. */
export function saveFile({ name, type, text }: OutgoingFile): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
