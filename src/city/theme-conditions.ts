import type { CityTheme } from "./contract.ts";

function rgba(hex: string, alpha: number): string {
  return `color('${hex.slice(0, 7)}', ${alpha.toFixed(3)})`;
}

/** Conditions of a style that colours features by a property and leaves those without it as they are. */
export function themeConditions(theme: CityTheme, alpha: number): [string, string][] {
  const property = `\${feature['${theme.property.replace(/[^\w.-]/g, "")}']}`;
  const { entries } = theme.legend;
  const plain = `color('white', ${alpha.toFixed(3)})`;
  const conditions: [string, string][] = [[`${property} === undefined || ${property} === null`, plain]];
  entries.forEach((entry, k) => {
    const limit = theme.breaks?.[k];
    if (!theme.breaks) conditions.push([`Number(${property}) === ${k}`, rgba(entry.color, alpha)]);
    else if (limit !== undefined)
      conditions.push([`Number(${property}) < ${limit}`, rgba(entry.color, alpha)]);
    else conditions.push([`Number(${property}) >= ${theme.breaks[k - 1] ?? 0}`, rgba(entry.color, alpha)]);
  });
  conditions.push(["true", plain]);
  return conditions;
}
