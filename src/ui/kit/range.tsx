import { Slider, SliderOutput, SliderThumb, SliderTrack } from "react-aria-components";
import "./range.css";

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
