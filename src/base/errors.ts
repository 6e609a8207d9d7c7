/**
 * The error that users may read. `code` is a key of the i18n catalogue (`error.<code>`), `params` fill its sentence
 * (what, where, what to do); `message` is the English sentence for logs and the command line.
 */
export class TwinError extends Error {
  override readonly name = "TwinError";
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;

  constructor(
    code: string,
    message: string,
    params: Readonly<Record<string, string | number>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.params = params;
  }
}

/** A finding about an input, with its place: validator style. Imports return lists of these. */
export interface Issue {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  /** English sentence; the UI prefers `issue.<code>` of the catalogue when there is one. */
  readonly message: string;
  /** Where: `#123`, a GlobalId, a line, a JSON path. */
  readonly place?: string;
}

export interface PlainError {
  readonly code: string;
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Any thrown thing as plain data that a store or a worker message can hold. */
export function toPlainError(error: unknown): PlainError {
  if (error instanceof TwinError) return { code: error.code, message: error.message, params: error.params };
  const shaped = error as { code?: unknown; message?: unknown; params?: unknown } | null;
  if (shaped && typeof shaped.code === "string" && typeof shaped.message === "string" && shaped.params)
    return { code: shaped.code, message: shaped.message, params: shaped.params as PlainError["params"] };
  const message = error instanceof Error ? error.message : String(error);
  return { code: "unexpected", message, params: { detail: message } };
}
