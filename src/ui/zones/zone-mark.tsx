import type { ZoneKind } from "../../domain/response.ts";
import "./zones.css";

/** Outline and filling as on the map, in small: kinds differ by their line and hatch, not by colour. */
const MARKS: Readonly<
  Record<ZoneKind, { readonly dash?: string; readonly width: number; readonly hatch: string }>
> = {
  affected: { width: 1, hatch: "M6.5 6.5h.01M11 6.5h.01M6.5 11h.01M11 11h.01" },
  isolation: { width: 2.4, hatch: "M3 12 12 3M6 15 15 6M3 6l9 9M6 3l9 9" },
  evacuation: { dash: "4 2.2", width: 2, hatch: "M3 10 10 3M3 15 15 3M8 15 15 8" },
  protective: { dash: "1.4 1.8", width: 2, hatch: "M3 7h12M3 11h12" },
  inspection: { dash: "6 2 1.4 2", width: 1.6, hatch: "" },
};

export function ZoneMark({ kind, size = 16 }: { kind: ZoneKind; size?: number }) {
  const { dash, width, hatch } = MARKS[kind];
  return (
    <svg className="lt-zone-mark" viewBox="0 0 18 18" width={size} height={size} aria-hidden="true">
      <path
        d={hatch || "M0 0"}
        strokeWidth={kind === "affected" ? 1.8 : 0.9}
        strokeLinecap="round"
        opacity="0.7"
      />
      <rect
        x="2.5"
        y="2.5"
        width="13"
        height="13"
        strokeWidth={width}
        {...(dash && { strokeDasharray: dash })}
      />
    </svg>
  );
}
