import type { Issue } from "../../base/errors.ts";
import { useWords } from "../context.tsx";

/** Findings about an import, each with its place; the particulars in its own words on hover. */
export function IssueList({ issues }: { issues: readonly Issue[] }) {
  const { t } = useWords();
  return (
    <ul className="lt-issues lt-scroll">
      {issues.map((issue) => (
        <li key={`${issue.code} ${issue.place ?? ""} ${issue.message}`} title={issue.message}>
          {t.issue(issue)}
          {issue.place && <small>{issue.place}</small>}
        </li>
      ))}
    </ul>
  );
}
