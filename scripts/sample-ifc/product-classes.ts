import { type Arg, enumeration, int } from "./step-writer.ts";

const predefined = (name: string) => [enumeration(name)];

/** Attributes after IfcElement.Tag of the classes that the sample uses, with the usual predefined type. */
export const ELEMENT_TAILS = {
  IFCWALL: predefined("SOLIDWALL"),
  IFCSLAB: predefined("FLOOR"),
  IFCCOLUMN: predefined("COLUMN"),
  IFCBEAM: predefined("BEAM"),
  IFCPLATE: predefined("CURTAIN_PANEL"),
  IFCMEMBER: predefined("MULLION"),
  IFCCURTAINWALL: predefined("NOTDEFINED"),
  IFCRAILING: predefined("BALUSTRADE"),
  IFCCOVERING: predefined("CLADDING"),
  IFCROOF: predefined("FLAT_ROOF"),
  IFCRAMP: predefined("STRAIGHT_RUN_RAMP"),
  IFCSTAIR: predefined("HALF_TURN_STAIR"),
  IFCSTAIRFLIGHT: [null, null, null, null, enumeration("STRAIGHT")],
  IFCDOOR: [null, null, enumeration("DOOR"), enumeration("SINGLE_SWING_LEFT"), null],
  IFCWINDOW: [null, null, enumeration("WINDOW"), enumeration("SINGLE_PANEL"), null],
  IFCFURNITURE: predefined("NOTDEFINED"),
  IFCTRANSPORTELEMENT: predefined("ELEVATOR"),
  IFCGEOGRAPHICELEMENT: predefined("USERDEFINED"),
  IFCBUILDINGELEMENTPROXY: predefined("USERDEFINED"),
  IFCDUCTSEGMENT: predefined("RIGIDSEGMENT"),
  IFCDUCTFITTING: predefined("BEND"),
  IFCAIRTERMINAL: predefined("DIFFUSER"),
  IFCPIPESEGMENT: predefined("RIGIDSEGMENT"),
  IFCVALVE: predefined("ISOLATING"),
  IFCLIGHTFIXTURE: predefined("DIRECTIONSOURCE"),
  IFCFIRESUPPRESSIONTERMINAL: predefined("SPRINKLER"),
  IFCPUMP: predefined("ENDSUCTION"),
  IFCTANK: predefined("BASIN"),
  IFCBOILER: predefined("WATER"),
  IFCCHILLER: predefined("WATERCOOLED"),
  IFCCOOLINGTOWER: predefined("MECHANICALINDUCEDDRAFT"),
  IFCFAN: predefined("VANEAXIAL"),
  IFCUNITARYEQUIPMENT: predefined("AIRHANDLER"),
  IFCTRANSFORMER: predefined("VOLTAGE"),
  IFCELECTRICDISTRIBUTIONBOARD: predefined("SWITCHBOARD"),
  IFCFLOWMETER: predefined("GASMETER"),
  IFCSANITARYTERMINAL: predefined("TOILETPAN"),
  IFCSENSOR: predefined("GASSENSOR"),
  IFCALARM: predefined("SIREN"),
} as const satisfies Record<string, readonly Arg[]>;

export type ElementClass = keyof typeof ELEMENT_TAILS;

export function doorTail(width: number, height: number, operation: string): Arg[] {
  return [height, width, enumeration("DOOR"), enumeration(operation), null];
}

export function windowTail(width: number, height: number): Arg[] {
  return [height, width, enumeration("WINDOW"), enumeration("SINGLE_PANEL"), null];
}

export function flightTail(risers: number, riserHeight: number, tread: number): Arg[] {
  return [int(risers), int(risers - 1), riserHeight, tread, enumeration("STRAIGHT")];
}
