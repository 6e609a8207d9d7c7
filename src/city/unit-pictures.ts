import type { UnitKind, UnitStatus } from "../domain/response.ts";

const PIXELS = 88;

/** Signs of 24 x 24, drawn for this map: a flame, a cross, a star, a drop, a valve, a bolt, four rotors. */
const SIGNS: Readonly<Record<UnitKind, string>> = {
  fire: "M12 2.5c.8 3.4 5.6 6 5.6 11A5.6 5.6 0 0 1 12 21.500a5.600 5.600 0 0 1-5.600-5.500c0-2.500 1.300-4 2.400-5 .2 1.500.8 2.400 1.700 2.700C9.700 10 10.600 6 12 2.500z",
  medical: "M9.500 3.500h5v6h6v5h-6v6h-5v-6h-6v-5h6z",
  police:
    "M12 2.500l2.600 6.300 6.800.5-5.200 4.400 1.700 6.600L12 16.700l-5.900 3.600 1.700-6.600L2.600 9.300l6.800-.5z",
  drainage: "M12 2.500c3.500 4.500 6.500 8 6.500 12a6.500 6.500 0 0 1-13 0c0-4 3-7.500 6.500-12z",
  gas: "M3 10h4V7h3V4.500H7v-2h10v2h-3V7h3v3h4v7h-4v3H7v-3H3z",
  power: "M13.500 2 5 13.500h5.500L9 22l9.500-12.500H13z",
  drone:
    "M6.500 3a3.500 3.500 0 1 1-1 6.850L9 12l-3.500 2.150a3.500 3.500 0 1 1 1.900 2.500L10 14.500h4l2.600 2.150a3.500 3.500 0 1 1 1.900-2.500L15 12l3.500-2.150a3.500 3.500 0 1 1-1.900-2.500L14 9.500h-4L7.400 7.350A3.500 3.500 0 0 1 6.500 3z",
};

/** Outlines by kind of service: those that put out, heal, keep order, repair, look. */
function traceFrame(context: CanvasRenderingContext2D, kind: UnitKind, r: number): void {
  context.beginPath();
  if (kind === "fire") context.roundRect(-r * 0.92, -r * 0.92, r * 1.84, r * 1.84, 8);
  else if (kind === "medical") context.arc(0, 0, r, 0, 2 * Math.PI);
  else if (kind === "police") {
    context.moveTo(-r * 0.9, -r * 0.85);
    context.lineTo(r * 0.9, -r * 0.85);
    context.lineTo(r * 0.9, r * 0.2);
    context.quadraticCurveTo(r * 0.75, r * 0.8, 0, r * 1.08);
    context.quadraticCurveTo(-r * 0.75, r * 0.8, -r * 0.9, r * 0.2);
    context.closePath();
  } else {
    const corners = kind === "drone" ? 4 : 6;
    for (let k = 0; k < corners; k++) {
      const angle = (k * 2 * Math.PI) / corners + (kind === "drone" ? 0 : Math.PI / 6);
      context.lineTo(Math.sin(angle) * r * 1.08, -Math.cos(angle) * r * 1.08);
    }
    context.closePath();
  }
}

interface Ring {
  readonly dash: readonly number[];
  readonly width: number;
  readonly alpha: number;
}

/** Standing by is a thin ring; sent is dashed; on its way is thick dashes; at work is a full thick ring; off is none. */
const RINGS: Readonly<Record<UnitStatus, Ring | null>> = {
  ready: { dash: [], width: 2, alpha: 0.8 },
  assigned: { dash: [4, 5], width: 4, alpha: 1 },
  moving: { dash: [13, 6], width: 5, alpha: 1 },
  onScene: { dash: [], width: 6, alpha: 1 },
  returning: { dash: [2, 6], width: 3, alpha: 0.8 },
  off: null,
};

export interface UnitInk {
  readonly plate: string;
  readonly sign: string;
  readonly ring: string;
}

/** A unit's picture: plate and sign by kind, ring by status. `isBusy` colours the ring. */
export function drawUnit(kind: UnitKind, status: UnitStatus, ink: UnitInk): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = PIXELS;
  canvas.height = PIXELS;
  const context = canvas.getContext("2d")!;
  context.translate(PIXELS / 2, PIXELS / 2);
  context.globalAlpha = status === "off" ? 0.45 : 1;
  const ring = RINGS[status];
  context.beginPath();
  context.arc(0, 0, 38, 0, 2 * Math.PI);
  context.fillStyle = ink.sign;
  context.globalAlpha *= 0.3;
  if (ring) context.fill();
  if (ring) {
    context.globalAlpha = ring.alpha;
    context.strokeStyle = ink.ring;
    context.lineWidth = ring.width;
    context.setLineDash([...ring.dash]);
    context.stroke();
    context.setLineDash([]);
  }
  context.globalAlpha = status === "off" ? 0.5 : 1;
  traceFrame(context, kind, 28);
  context.fillStyle = ink.plate;
  context.fill();
  context.strokeStyle = ink.sign;
  context.lineWidth = 2;
  context.stroke();
  context.scale(1.5, 1.5);
  context.translate(-12, -12);
  context.fillStyle = ink.sign;
  context.fill(new Path2D(SIGNS[kind]));
  return canvas;
}
