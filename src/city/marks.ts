import type { WarningLevel } from "../domain/risk.ts";

/** Warning colours of the interface themes; here because they colour things in the city too. */
export const WARNING_HEX: Readonly<Record<"night" | "day", Readonly<Record<WarningLevel, string>>>> = {
  night: { 1: "#ff4d4f", 2: "#ff8a1f", 3: "#ffd60a", 4: "#3b9eff" },
  day: { 1: "#d92d20", 2: "#d9730d", 3: "#b98900", 4: "#1570ef" },
};

const MARK_PIXELS = 64;

function polygonPath(context: CanvasRenderingContext2D, corners: number, radius: number, turn: number): void {
  context.beginPath();
  for (let k = 0; k < corners; k++) {
    const angle = turn + (k * 2 * Math.PI) / corners;
    context.lineTo(Math.cos(angle) * radius, Math.sin(angle) * radius);
  }
  context.closePath();
}

/** Red octagon, orange diamond, yellow triangle, blue circle: levels differ by shape as well as colour. */
function tracePath(context: CanvasRenderingContext2D, level: WarningLevel, radius: number): void {
  if (level === 1) polygonPath(context, 8, radius, Math.PI / 8);
  else if (level === 2) polygonPath(context, 4, radius * 1.1, 0);
  else if (level === 3) polygonPath(context, 3, radius * 1.18, -Math.PI / 2);
  else {
    context.beginPath();
    context.arc(0, 0, radius * 0.94, 0, 2 * Math.PI);
  }
}

/** A solid mark with a thin rim, hollow when stale; `emphasis` draws the accent halo of a selected one. */
export function drawMark(
  level: WarningLevel,
  color: string,
  rim: string,
  emphasis: string | null,
  isStale = false,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = MARK_PIXELS;
  canvas.height = MARK_PIXELS;
  const context = canvas.getContext("2d")!;
  context.translate(MARK_PIXELS / 2, MARK_PIXELS / 2 + (level === 3 ? 3 : 0));
  context.lineJoin = "round";
  if (emphasis) {
    tracePath(context, level, 22);
    context.strokeStyle = emphasis;
    context.lineWidth = 13;
    context.stroke();
  }
  tracePath(context, level, 20);
  context.strokeStyle = rim;
  context.lineWidth = 5;
  context.stroke();
  context.fillStyle = isStale ? rim : color;
  context.globalAlpha = isStale ? 0.55 : 1;
  context.fill();
  if (isStale) {
    context.globalAlpha = 1;
    context.strokeStyle = color;
    context.lineWidth = 3.5;
    context.setLineDash([7, 4]);
    context.stroke();
  }
  context.fillStyle = isStale ? color : "#ffffff";
  context.globalAlpha = 0.9;
  const y = level === 3 ? 2 : 0;
  context.fillRect(-2.6, y - 10, 5.2, 12.5);
  context.fillRect(-2.6, y + 5.5, 5.2, 5);
  return canvas;
}

const CLUSTER_PIXELS = 112;
const RING_RADIUS = 46;
/** Shares of the ring are told in sixteenths: enough to see, and few enough pictures. */
export const RING_PARTS = 16;

/** How many sixteenths of the ring each level gets; every level that is there gets one at least. */
export function ringParts(split: ArrayLike<number>): number[] {
  const counts = [0, 1, 2, 3].map((k) => split[k] ?? 0);
  const total = counts.reduce((sum, one) => sum + one, 0);
  if (total === 0) return [0, 0, 0, 0];
  const parts = counts.map((one) => (one === 0 ? 0 : Math.max(1, Math.floor((one * RING_PARTS) / total))));
  const most = counts.indexOf(Math.max(...counts));
  parts[most]! += RING_PARTS - parts.reduce((sum, one) => sum + one, 0);
  return parts;
}

/** Dark or white, whichever is read more easily on the colour (relative luminance of WCAG 2). */
function inkOn(hex: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map(
    (at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.2 ? "#0b1016" : "#ffffff";
}

/** Marks gathered: the worst one's shape with their number, and around it how they divide into levels, worst first. */
export function drawCluster(
  level: WarningLevel,
  text: string,
  parts: readonly number[],
  colors: Readonly<Record<WarningLevel, string>>,
  rim: string,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = CLUSTER_PIXELS;
  canvas.height = CLUSTER_PIXELS;
  const context = canvas.getContext("2d")!;
  context.translate(CLUSTER_PIXELS / 2, CLUSTER_PIXELS / 2);
  context.lineJoin = "round";
  context.beginPath();
  context.arc(0, 0, RING_RADIUS + 7, 0, 2 * Math.PI);
  context.fillStyle = rim;
  context.globalAlpha = 0.82;
  context.fill();
  context.globalAlpha = 1;
  let from = -Math.PI / 2;
  for (const [k, share] of parts.entries()) {
    if (share === 0) continue;
    const to = from + (share / RING_PARTS) * 2 * Math.PI;
    context.beginPath();
    context.arc(
      0,
      0,
      RING_RADIUS,
      from + (share < RING_PARTS ? 0.05 : 0),
      to - (share < RING_PARTS ? 0.05 : 0),
    );
    context.strokeStyle = colors[(k + 1) as WarningLevel];
    context.lineWidth = 7;
    context.stroke();
    from = to;
  }
  const lower = level === 3 ? 6 : 0;
  context.translate(0, lower);
  tracePath(context, level, level === 3 ? 34 : 33);
  context.fillStyle = colors[level];
  context.fill();
  context.fillStyle = inkOn(colors[level]);
  const size = text.length > 3 ? 19 : text.length > 2 ? 23 : level === 3 ? 26 : 30;
  context.font = `700 ${size}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, 0, level === 3 ? 7 : 1.5);
  return canvas;
}
