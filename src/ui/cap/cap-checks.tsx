import { CircleAlert, CircleCheck, Lightbulb } from "lucide-react";
import { Button } from "react-aria-components";
import type { CapAreaFault } from "../../domain/cap-area.ts";
import type { CapProblem } from "../../domain/cap-check.ts";
import { useWords } from "../context.tsx";
import { fieldId } from "./cap-fields.tsx";

interface Line {
  readonly id: string;
  readonly field: string;
  readonly text: string;
  readonly isAdvice: boolean;
}

function useLines(problems: readonly CapProblem[], faults: readonly CapAreaFault[]): readonly Line[] {
  const { t } = useWords();
  const nameOf = (field: string) => {
    const [name = "", side] = field.split(".");
    const title = t.maybe(`cap.field.${name}`, t.maybe(`warning.${name}`, name));
    return side ? `${title} · ${t(side === "zh" ? "cap.language.zh" : "cap.language.en")}` : title;
  };
  return [
    ...faults.map(({ line, text }) => ({
      id: `line/${line}`,
      field: "areas",
      text: t("cap.problem.line", { line, text }),
      isAdvice: false,
    })),
    ...problems.map(({ field, code, params, isAdvice }) => {
      const colors = Object.fromEntries(
        ["level", "other"].flatMap((key) => (key in params ? [[key, t(`level.${params[key] as 1}`)]] : [])),
      );
      const text = `${nameOf(field)}：${t(`cap.problem.${code}`, { ...params, ...colors })}`;
      return { id: `${field}/${code}/${params.number ?? ""}`, field, text, isAdvice };
    }),
  ];
}

/** What is wrong, live; a press goes to the place. */
export function CapChecks({
  problems,
  faults,
}: {
  problems: readonly CapProblem[];
  faults: readonly CapAreaFault[];
}) {
  const { t } = useWords();
  const lines = useLines(problems, faults);
  const goTo = (field: string) => document.getElementById(fieldId(field))?.focus();
  return (
    <section className="lt-cap-checks" aria-label={t("cap.checks")}>
      <h3 className="lt-subhead">{t("cap.checks")}</h3>
      {lines.length === 0 && (
        <p className="lt-cap-fine">
          <CircleCheck className="lt-icon" aria-hidden />
          {t("cap.checksFine")}
        </p>
      )}
      <ul>
        {lines.map(({ id, field, text, isAdvice }) => (
          <li key={id}>
            <Button className="lt-cap-problem" data-advice={isAdvice} onPress={() => goTo(field)}>
              {isAdvice ? (
                <Lightbulb className="lt-icon" aria-hidden />
              ) : (
                <CircleAlert className="lt-icon" aria-hidden />
              )}
              <span>
                <span className="lt-hidden">{t(isAdvice ? "cap.advice" : "cap.must")}</span>
                {text}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
