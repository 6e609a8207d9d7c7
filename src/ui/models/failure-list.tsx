import type { ElementFailure } from "../../domain/model.ts";
import { useWords } from "../context.tsx";

/** More rows than anybody reads. */
const MOST_SHOWN = 200;

/** Elements without a shape: which, of what class, and why. */
export function FailureList({ failures }: { failures: readonly ElementFailure[] }) {
  const { t } = useWords();
  return (
    <ul className="lt-issues lt-scroll">
      {failures
        .slice(0, MOST_SHOWN)
        .map(({ globalId, expressId, class: className, name, reason, detail }) => (
          <li key={expressId} title={detail}>
            {className} {name}
            <small>{globalId}</small>
            <br />
            <small>
              {t(`place.failed.${reason}`)} · {detail}
            </small>
          </li>
        ))}
    </ul>
  );
}
