import type { ReactNode } from "react";
import { type Key, ToggleButton, ToggleButtonGroup } from "react-aria-components";
import "./segmented.css";

export interface SegmentedOption<K extends string> {
  readonly id: K;
  readonly label: ReactNode;
  /** Needed when `label` is not text. */
  readonly name?: string;
}

interface SegmentedProps<K extends string> {
  readonly label: string;
  readonly options: readonly SegmentedOption<K>[];
  readonly value: K;
  readonly onChange: (value: K) => void;
  readonly className?: string;
}

/** One of a few: always exactly one is chosen. */
export function Segmented<K extends string>({
  label,
  options,
  value,
  onChange,
  className = "",
}: SegmentedProps<K>) {
  const choose = (keys: Set<Key>) => {
    const next = options.find((option) => keys.has(option.id));
    if (next) onChange(next.id);
  };
  return (
    <ToggleButtonGroup
      className={`lt-segmented ${className}`}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={choose}
    >
      {options.map((option) => (
        <ToggleButton
          key={option.id}
          id={option.id}
          className="lt-segment"
          {...(option.name ? { "aria-label": option.name } : {})}
        >
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
