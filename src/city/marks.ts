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

/** A solid mark with a thin rim; `emphasis` draws the accent halo of a selected one. */
export function drawMark(
  level: WarningLevel,
  color: string,
  rim: string,
  emphasis: string | null,
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
  context.fillStyle = color;
  context.fill();
  context.fillStyle = "#ffffff";
  context.globalAlpha = 0.9;
  const y = level === 3 ? 2 : 0;
  context.fillRect(-2.6, y - 10, 5.2, 12.5);
  context.fillRect(-2.6, y + 5.5, 5.2, 5);
  return canvas;
}
