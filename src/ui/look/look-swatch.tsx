import type { CityLook } from "../../domain/city.ts";

interface Colors {
  readonly sky: string;
  readonly ground: string;
  readonly lit: readonly [string, string, string];
  readonly shade: readonly [string, string, string];
  readonly window: string | null;
}

/** Colours of the miniature towers: what the look does to the real ones. */
const COLORS: Readonly<Record<CityLook, Colors>> = {
  natural: {
    sky: "#b9cede",
    ground: "#8d9480",
    lit: ["#d8cfc2", "#c9bfb0", "#b9c7d0"],
    shade: ["#a1968a", "#94897d", "#8496a3"],
    window: null,
  },
  white: {
    sky: "#e3e7ea",
    ground: "#cfd4d8",
    lit: ["#ffffff", "#fafbfb", "#f6f7f8"],
    shade: ["#b7bec5", "#aeb6be", "#b2bac1"],
    window: null,
  },
  night: {
    sky: "#0a1320",
    ground: "#0d1826",
    lit: ["#1c2a3b", "#182535", "#203042"],
    shade: ["#111c2a", "#0f1926", "#142130"],
    window: "#ffcf8a",
  },
  thematic: {
    sky: "#2a343f",
    ground: "#333e49",
    lit: ["#5fb4a6", "#8d98a3", "#3b7d92"],
    shade: ["#437f75", "#69737d", "#2a5a69"],
    window: null,
  },
};

const TOWERS = [
  { x: 7, y: 17, w: 11, h: 19 },
  { x: 21, y: 23, w: 13, h: 13 },
  { x: 37, y: 8, w: 12, h: 28 },
] as const;

/** A small picture of a look. */
export function LookSwatch({ look }: { look: CityLook }) {
  const colors = COLORS[look];
  return (
    <svg
      viewBox="0 0 56 40"
      aria-hidden="true"
      className="lt-look-swatch"
      preserveAspectRatio="xMidYMax slice"
    >
      <rect width="56" height="40" fill={colors.sky} />
      <rect y="33" width="56" height="7" fill={colors.ground} />
      {TOWERS.map(({ x, y, w, h }, i) => (
        <g key={x}>
          <rect x={x} y={y} width={w * 0.58} height={h} fill={colors.lit[i]} />
          <rect x={x + w * 0.58} y={y} width={w * 0.42} height={h} fill={colors.shade[i]} />
          {colors.window &&
            [4, 9, 14, 19].map((dy) =>
              dy < h - 2 ? (
                <rect
                  key={dy}
                  x={x + ((dy * (i + 2)) % 3) * 1.9 + 1.2}
                  y={y + dy - 1}
                  width="1.6"
                  height="1.8"
                  fill={colors.window ?? ""}
                />
              ) : null,
            )}
        </g>
      ))}
    </svg>
  );
}
