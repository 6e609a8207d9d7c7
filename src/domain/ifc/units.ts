import { type IfcLine, type LineSource, numberOf, refOf, refsOf, textOf } from "./ifc-values.ts";

const PREFIXES: Readonly<Record<string, readonly [number, string]>> = {
  EXA: [1e18, "E"],
  PETA: [1e15, "P"],
  TERA: [1e12, "T"],
  GIGA: [1e9, "G"],
  MEGA: [1e6, "M"],
  KILO: [1e3, "k"],
  HECTO: [1e2, "h"],
  DECA: [10, "da"],
  DECI: [0.1, "d"],
  CENTI: [0.01, "c"],
  MILLI: [1e-3, "m"],
  MICRO: [1e-6, "µ"],
  NANO: [1e-9, "n"],
  PICO: [1e-12, "p"],
};

const SYMBOLS: Readonly<Record<string, string>> = {
  METRE: "m",
  SQUARE_METRE: "m²",
  CUBIC_METRE: "m³",
  GRAM: "g",
  SECOND: "s",
  RADIAN: "rad",
  KELVIN: "K",
  DEGREE_CELSIUS: "°C",
  WATT: "W",
  JOULE: "J",
  PASCAL: "Pa",
  NEWTON: "N",
  AMPERE: "A",
  VOLT: "V",
  OHM: "Ω",
  HERTZ: "Hz",
  LUMEN: "lm",
  LUX: "lx",
  CANDELA: "cd",
  STERADIAN: "sr",
};

const UNIT_OF_MEASURE: Readonly<Record<string, string>> = {
  IFCLENGTHMEASURE: "LENGTHUNIT",
  IFCPOSITIVELENGTHMEASURE: "LENGTHUNIT",
  IFCNONNEGATIVELENGTHMEASURE: "LENGTHUNIT",
  IFCAREAMEASURE: "AREAUNIT",
  IFCVOLUMEMEASURE: "VOLUMEUNIT",
  IFCPLANEANGLEMEASURE: "PLANEANGLEUNIT",
  IFCPOSITIVEPLANEANGLEMEASURE: "PLANEANGLEUNIT",
  IFCMASSMEASURE: "MASSUNIT",
  IFCTIMEMEASURE: "TIMEUNIT",
  IFCTHERMODYNAMICTEMPERATUREMEASURE: "THERMODYNAMICTEMPERATUREUNIT",
  IFCPOWERMEASURE: "POWERUNIT",
  IFCPRESSUREMEASURE: "PRESSUREUNIT",
  IFCFORCEMEASURE: "FORCEUNIT",
  IFCENERGYMEASURE: "ENERGYUNIT",
  IFCELECTRICCURRENTMEASURE: "ELECTRICCURRENTUNIT",
  IFCELECTRICVOLTAGEMEASURE: "ELECTRICVOLTAGEUNIT",
  IFCFREQUENCYMEASURE: "FREQUENCYUNIT",
  IFCILLUMINANCEMEASURE: "ILLUMINANCEUNIT",
  IFCLUMINOUSFLUXMEASURE: "LUMINOUSFLUXUNIT",
};

export interface ProjectUnits {
  /** Metres in one length unit of the file. */
  readonly lengthM: number;
  readonly lengthName: string;
  /** False when the file names no usable length unit and metres were assumed. */
  readonly hasLength: boolean;
  /** Symbol by kind of unit: LENGTHUNIT. */
  readonly symbols: Readonly<Record<string, string>>;
}

/** Symbol for a measure such as IFCLENGTHMEASURE; undefined for what has no unit. */
export function symbolOf(symbols: ProjectUnits["symbols"], measure: string): string | undefined {
  return symbols[UNIT_OF_MEASURE[measure] ?? ""];
}

interface Unit {
  readonly kind: string;
  /** SI units in one. */
  readonly factor: number;
  readonly symbol: string;
}

function readSiUnit(line: IfcLine): Unit | null {
  const name = textOf(line.Name).replace(/\./g, "");
  const prefix = PREFIXES[textOf(line.Prefix).replace(/\./g, "")];
  const symbol = SYMBOLS[name];
  const power = name.startsWith("SQUARE") ? 2 : name.startsWith("CUBIC") ? 3 : 1;
  const kind = textOf(line.UnitType).replace(/\./g, "");
  if (!kind) return null;
  const factor = prefix ? prefix[0] ** power : 1;
  return { kind, factor, symbol: symbol ? (prefix?.[1] ?? "") + symbol : name.toLowerCase() };
}

/** An IfcNamedUnit; null for units that cannot be told (derived, monetary, broken). */
export function readUnit(file: LineSource, id: number | null): Unit | null {
  const line = file.line(id);
  if (!line) return null;
  if (line.entity === "IFCSIUNIT") return readSiUnit(line);
  if (!line.entity.startsWith("IFCCONVERSIONBASEDUNIT")) return null;
  const measure = file.line(refOf(line.ConversionFactor));
  const value = numberOf(measure?.ValueComponent);
  const base = readUnit(file, refOf(measure?.UnitComponent));
  if (value === null || value <= 0 || !base) return null;
  return {
    kind: textOf(line.UnitType).replace(/\./g, ""),
    factor: value * base.factor,
    symbol: textOf(line.Name).toLowerCase(),
  };
}

/** Units of an IfcUnitAssignment; metres when the file says nothing that can be used. */
export function readProjectUnits(file: LineSource, assigned: IfcLine | null): ProjectUnits {
  const units = new Map<string, Unit>();
  for (const id of refsOf(assigned?.Units)) {
    const unit = readUnit(file, id);
    if (unit && !units.has(unit.kind)) units.set(unit.kind, unit);
  }
  const length = units.get("LENGTHUNIT");
  return {
    lengthM: length?.factor ?? 1,
    lengthName: length?.symbol ?? "m",
    hasLength: length !== undefined,
    symbols: Object.fromEntries([...units].map(([kind, { symbol }]) => [kind, symbol])),
  };
}
