import { Button } from "react-aria-components";
import type { CoverageGap } from "../../domain/coverage.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Section } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import "./response.css";

const LOOK_RANGE = 4000;

function Gaps({ title, gaps }: { title: string; gaps: readonly CoverageGap[] }) {
  const { t, format } = useWords();
  const run = useRun();
  if (gaps.length === 0) return null;
  const cells = gaps.reduce((sum, gap) => sum + gap.cells, 0);
  return (
    <Section
      rank="minor"
      startsClosed
      title={title}
      aside={<span className="lt-aside">{t("coverage.cells", { count: format.number(cells) })}</span>}
    >
      <ul className="lt-coverage">
        {gaps.map(({ district, cells: count, people, longitudeDeg, latitudeDeg }) => (
          <li key={district}>
            <Button onPress={() => run({ type: "fly-to", longitudeDeg, latitudeDeg, range: LOOK_RANGE })}>
              <span className="lt-ellipsis">{district}</span>
              <span>{t("coverage.cells", { count: format.number(count) })}</span>
              <span>{format.measure(people, t("unit.people"))}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Where people are and nothing watches, and where nobody can be within ten minutes. */
export function CoverageList() {
  const { stores } = useTwin();
  const { t } = useWords();
  const coverage = useStore(stores.response, (state) => state.coverage);
  if (coverage === null || coverage.blind.length + coverage.unreached.length === 0) return null;
  return (
    <Section title={t("coverage.title")}>
      <p className="lt-note lt-coverage-note">{t("coverage.note")}</p>
      <Gaps title={t("coverage.blind")} gaps={coverage.blind} />
      <Gaps title={t("coverage.unreached")} gaps={coverage.unreached} />
    </Section>
  );
}
