/** A statement of the file: attributes by name, values wrapped as web-ifc wraps them. */
export type IfcLine = Readonly<Record<string, unknown>> & {
  readonly expressID: number;
  /** Upper case, as in the file: IFCWALL. */
  readonly entity: string;
};

/** Where statements come from; null for what is missing or broken. */
export interface LineSource {
  line(id: number | null | undefined): IfcLine | null;
}

interface Wrapped {
  readonly value?: unknown;
  readonly type?: number;
  /** Measure, such as IFCLENGTHMEASURE. */
  readonly name?: string;
}

function unwrap(value: unknown): unknown {
  return typeof value === "object" && value !== null && "value" in value ? (value as Wrapped).value : value;
}

export function textOf(value: unknown): string {
  const plain = unwrap(value);
  if (typeof plain === "string") return plain;
  return typeof plain === "number" || typeof plain === "boolean" ? String(plain) : "";
}

/** The number, or null when there is none. */
export function numberOf(value: unknown): number | null {
  const plain = unwrap(value);
  const number = typeof plain === "string" && plain.trim() !== "" ? Number(plain) : plain;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** Numbers of a list, whether the list or its members are wrapped. */
export function numbersOf(value: unknown): number[] {
  const list = unwrap(value);
  return Array.isArray(list) ? list.map(numberOf).filter((n) => n !== null) : [];
}

/** Express id of a reference, or null. */
export function refOf(value: unknown): number | null {
  const wrapped = value as Wrapped | null | undefined;
  if (typeof wrapped !== "object" || wrapped === null) return null;
  return wrapped.type === 5 && typeof wrapped.value === "number" ? wrapped.value : null;
}

export function refsOf(value: unknown): number[] {
  if (!Array.isArray(value)) return [];
  return value.map(refOf).filter((id) => id !== null);
}

/** IFCLENGTHMEASURE and the like, upper case; empty when the value carries none. */
export function measureOf(value: unknown): string {
  const name = (value as Wrapped | null | undefined)?.name;
  return typeof name === "string" ? name.toUpperCase() : "";
}

/** A property value for people: enumerations as written, logicals as booleans, unknown as null. */
export function plainValueOf(value: unknown): string | number | boolean | null {
  const plain = unwrap(value);
  if (typeof plain === "boolean" || typeof plain === "number") return plain;
  if (typeof plain !== "string") return null;
  const measure = measureOf(value);
  if (measure === "IFCBOOLEAN" || measure === "IFCLOGICAL")
    return plain === "T" || plain === ".T." ? true : plain === "F" || plain === ".F." ? false : null;
  return plain;
}
