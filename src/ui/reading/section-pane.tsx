import { Box, FlipHorizontal2, Plus, Trash2 } from "lucide-react";
import type { ModelEntry } from "../../domain/model.ts";
import {
  axisOf,
  axisPlane,
  flipped,
  type SectionAxis,
  type SectionBox,
  type SectionPlane,
  travelOf,
} from "../../domain/reading/section-plane.ts";
import { sectionMiddle } from "../closeup/section-range.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Range } from "../kit/range.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";

const AXES: readonly SectionAxis[] = ["east", "north", "up"];
const STEP_M = 0.05;
/** Four planes and the box are what shaders are compiled for at once; more are slow everywhere. */
const MAX_LISTED = 12;

interface PlaneRowProps {
  readonly plane: SectionPlane;
  /** What it is called before its direction. */
  readonly name: string;
  readonly model: ModelEntry;
  readonly onChange: (plane: SectionPlane | null) => void;
}

function PlaneRow({ plane, name, model, onChange }: PlaneRowProps) {
  const { t, format } = useWords();
  const [min, max] = travelOf(plane.normal, model.box);
  const square = axisOf(plane);
  const direction = square ? t(`closeup.section.${square.axis}`) : t("reading.slanting");
  const title = `${name} · ${direction}`;
  const value = square?.offset ?? plane.offset;
  return (
    <li className="lt-plane">
      <div className="lt-plane-head">
        <span>{title}</span>
        <output>{format.measure(value, "m", 2)}</output>
        <IconButton
          label={t("closeup.flip")}
          icon={FlipHorizontal2}
          onPress={() => onChange(flipped(plane))}
        />
        <IconButton label={t("action.remove")} icon={Trash2} onPress={() => onChange(null)} />
      </div>
      <Range
        quiet
        label={`${t("closeup.offset")} ${title}`}
        value={plane.offset}
        min={min}
        max={max}
        step={STEP_M}
        onChange={(offset) => onChange({ ...plane, offset })}
        show={(one) => format.measure(one, "m", 2)}
      />
    </li>
  );
}

function BoxControls({ model, box }: { model: ModelEntry; box: SectionBox }) {
  const { t, format } = useWords();
  const run = useRun();
  const set = (side: "min" | "max", axis: number, value: number) => {
    const next = { min: [...box.min], max: [...box.max] } as Record<"min" | "max", [number, number, number]>;
    next[side][axis] = value;
    if (next.min[axis]! < next.max[axis]!) run({ type: "set-section-box", box: next });
  };
  return (
    <div className="lt-box-ranges">
      {AXES.flatMap((axis, at) =>
        (["min", "max"] as const).map((side) => (
          <Range
            key={`${axis} ${side}`}
            label={`${t(`closeup.section.${axis}`)} ${t(`reading.box.${side}`)}`}
            value={box[side][at]!}
            min={model.box.min[at]!}
            max={model.box.max[at]!}
            step={STEP_M}
            onChange={(value) => set(side, at, value)}
            show={(value) => format.measure(value, "m", 2)}
          />
        )),
      )}
    </div>
  );
}

function PlanList({ model }: { model: ModelEntry }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const plan = useStore(stores.reading, (state) => state.plan);
  const fromTop = [...model.storeys].sort((a, b) => b.elevation - a.elevation);
  return (
    <>
      <h3 className="lt-subhead">{t("reading.plan")}</h3>
      <ul className="lt-plans lt-scroll">
        {fromTop.map((storey) => (
          <li key={storey.globalId}>
            <button
              type="button"
              className="lt-class"
              aria-pressed={plan === storey.globalId}
              onClick={() =>
                run({ type: "set-plan", storey: plan === storey.globalId ? null : storey.globalId })
              }
            >
              <span className="lt-ellipsis">{storey.name}</span>
              <span className="lt-tree-note">{format.measure(storey.elevation, "m", 2)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Any planes, a box, a storey from above, storeys apart. */
export function SectionPane({ model }: { model: ModelEntry }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const section = useStore(stores.models, (state) => state.section);
  const planes = useStore(stores.reading, (state) => state.planes);
  const box = useStore(stores.reading, (state) => state.box);
  const gap = useStore(stores.reading, (state) => state.explodeM);
  const setPlanes = (next: readonly SectionPlane[]) =>
    run({
      type: "set-planes",
      planes: next.map(({ normal, offset }) => ({ normal: [...normal], offset })),
    });
  return (
    <>
      <h3 className="lt-subhead">{t("reading.planes")}</h3>
      <div className="lt-row-buttons">
        {AXES.map((axis) => (
          <Button
            key={axis}
            icon={Plus}
            isDisabled={planes.length >= MAX_LISTED}
            onPress={() => setPlanes([...planes, axisPlane(axis, sectionMiddle(model.box, axis), false)])}
          >
            {t(`closeup.section.${axis}`)}
          </Button>
        ))}
        <Button
          icon={Box}
          onPress={() =>
            run({
              type: "set-section-box",
              box: box ? null : { min: [...model.box.min], max: [...model.box.max] },
            })
          }
        >
          {t(box ? "reading.boxOff" : "reading.box")}
        </Button>
      </div>
      {planes.length === 0 && !box && !section && <Empty>{t("reading.noPlanes")}</Empty>}
      <ul className="lt-planes">
        {section && (
          <PlaneRow
            plane={axisPlane(section.axis, section.offset, section.flipped)}
            name={t("reading.barPlane")}
            model={model}
            onChange={(next) => run({ type: "set-section", section: next && axisOf(next) })}
          />
        )}
        {planes.map((plane, at) => (
          <PlaneRow
            // biome-ignore lint/suspicious/noArrayIndexKey: planes are known by their place in the list
            key={at}
            plane={plane}
            name={String(at + 1)}
            model={model}
            onChange={(next) =>
              setPlanes(planes.flatMap((one, i) => (i === at ? (next ? [next] : []) : [one])))
            }
          />
        ))}
      </ul>
      {box && <BoxControls model={model} box={box} />}
      <PlanList model={model} />
      <Range
        label={t("reading.explode")}
        value={gap}
        min={0}
        max={12}
        step={0.5}
        onChange={(next) => run({ type: "set-explode", gap: next })}
        show={(value) => format.measure(value, "m", 1)}
      />
    </>
  );
}
