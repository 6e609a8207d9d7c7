import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import "./section.css";

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  /** At the right end of the head: a count, a button. */
  readonly aside?: ReactNode;
  readonly startsClosed?: boolean;
  /** `minor` is a fold inside a section. */
  readonly rank?: "major" | "minor";
}

/** A titled fold of a panel. */
export function Section({ title, children, aside, startsClosed = false, rank = "major" }: SectionProps) {
  return (
    <Disclosure className={`lt-section lt-section-${rank}`} defaultExpanded={!startsClosed}>
      <div className="lt-section-head">
        <Heading level={rank === "major" ? 2 : 3} className="lt-section-title">
          <Button slot="trigger" className="lt-section-trigger">
            <ChevronDown className="lt-icon lt-chevron" aria-hidden />
            <span className="lt-ellipsis">{title}</span>
          </Button>
        </Heading>
        {aside}
      </div>
      <DisclosurePanel className="lt-section-panel">{children}</DisclosurePanel>
    </Disclosure>
  );
}

/** Rows of name and value. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="lt-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What an empty panel says: how to fill it. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="lt-empty">{children}</p>;
}
