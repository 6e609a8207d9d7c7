import type { ReactNode } from "react";
import { useWords } from "../context.tsx";

interface FigureProps {
  readonly label: string;
  readonly value: number | null;
  readonly unit: string;
  readonly decimals?: number;
  /** A mark before the figure. */
  readonly mark?: ReactNode;
}

/** A number that matters, with its unit. Stands in a `<dl className="lt-figures">`. */
export function Figure({ label, value, unit, decimals = 0, mark }: FigureProps) {
  const { format } = useWords();
  return (
    <div className="lt-figure">
      <dt className="lt-ellipsis" title={label}>
        {label}
      </dt>
      <dd>
        {mark}
        {format.measure(value, "", decimals)}
        {value !== null && <small>{unit}</small>}
      </dd>
    </div>
  );
}
