import type { EventGrade, ResponseLevel } from "../../domain/incident.ts";

const NUMERALS: Readonly<Record<ResponseLevel, string>> = { 1: "I", 2: "II", 3: "III", 4: "IV" };

/** Response level: a Roman numeral in a square. Purely visual. */
export function ResponseMark({ level, size = 18 }: { level: ResponseLevel; size?: number }) {
  return (
    <svg className="lt-response-mark" viewBox="0 0 18 18" width={size} height={size} aria-hidden="true">
      <rect x="1" y="1" width="16" height="16" />
      <text x="9" y="13">
        {NUMERALS[level]}
      </text>
    </svg>
  );
}

/** Event grade: a bar of four steps, all of them filled for the gravest. Purely visual. */
export function GradeMark({ grade, size = 18 }: { grade: EventGrade; size?: number }) {
  const filled = 5 - grade;
  return (
    <svg className="lt-grade-mark" viewBox="0 0 18 18" width={size} height={size} aria-hidden="true">
      {[1, 2, 3, 4].map((step) => (
        <rect
          key={step}
          x={step * 4.25 - 3.25}
          y={14.5 - step * 3}
          width="3"
          height={step * 3}
          data-filled={step <= filled}
        />
      ))}
    </svg>
  );
}
