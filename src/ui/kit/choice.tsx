import type { ReactNode } from "react";
import {
  Switch as AriaSwitch,
  type Key,
  Slider,
  SliderOutput,
  SliderThumb,
  SliderTrack,
  ToggleButton,
  ToggleButtonGroup,
} from "react-aria-components";
import "./choice.css";

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

interface SwitchProps {
  readonly label: string;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  /** Hides the label from the eye; it stays for screen readers. */
  readonly quiet?: boolean;
}

export function Switch({ label, isSelected, onChange, quiet = false }: SwitchProps) {
  return (
    <AriaSwitch className="lt-switch" isSelected={isSelected} onChange={onChange}>
      <span className="lt-switch-track" aria-hidden />
      <span className={quiet ? "lt-hidden" : ""}>{label}</span>
    </AriaSwitch>
  );
}

interface RangeProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  readonly show: (value: number) => string;
  /** Hides the label row from the eye. */
  readonly quiet?: boolean;
  readonly className?: string;
}

/** One value on a track. The output beside the label shows it in words. */
export function Range({ label, value, min, max, step, onChange, show, quiet, className = "" }: RangeProps) {
  return (
    <Slider
      className={`lt-range ${className}`}
      aria-label={label}
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={onChange}
    >
      {!quiet && (
        <div className="lt-range-head">
          <span aria-hidden>{label}</span>
          <SliderOutput className="lt-range-output">{show(value)}</SliderOutput>
        </div>
      )}
      <SliderTrack className="lt-range-track">
        {({ state }) => (
          <>
            <span
              className="lt-range-fill"
              style={{ transform: `scaleX(${state.getThumbPercent(0)})` }}
              aria-hidden
            />
            <SliderThumb className="lt-range-thumb" aria-label={label} />
          </>
        )}
      </SliderTrack>
    </Slider>
  );
}
