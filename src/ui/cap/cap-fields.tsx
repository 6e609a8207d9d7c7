import type { ReactNode } from "react";
import {
  CAP_CATEGORIES,
  CAP_CERTAINTIES,
  CAP_RESPONSE_TYPES,
  CAP_URGENCIES,
  type CapDraft,
} from "../../domain/cap-message.ts";
import { useWords } from "../context.tsx";
import { LevelMark } from "../kit/marks.tsx";
import { Segmented } from "../kit/segmented.tsx";
import type { CapForm } from "./cap-form-state.ts";

/** Id of a field's element: the check list focuses it. */
export function fieldId(field: string): string {
  return `cap-${field.replace(".", "-")}`;
}

interface Part {
  readonly form: CapForm;
  readonly onChange: (form: CapForm) => void;
  /** Fields with a problem. */
  readonly wrong: ReadonlySet<string>;
}

type TextName = "event" | "headline" | "description" | "instruction" | "areaDesc";

/** One thing said in Chinese and in English, side by side. */
function TextPair({ name, rows, form, onChange, wrong }: Part & { name: TextName; rows?: number }) {
  const { t } = useWords();
  const sides = ["zh", "en"] as const;
  return (
    <fieldset className="lt-cap-pair">
      <legend>{t(`cap.field.${name}`)}</legend>
      {sides.map((side) => {
        const field = `${name}.${side}`;
        const shared = {
          id: fieldId(field),
          lang: side === "zh" ? "zh-CN" : "en",
          value: form.draft[name][side],
          "aria-label": `${t(`cap.field.${name}`)} · ${t(`cap.language.${side}`)}`,
          "aria-invalid": wrong.has(field),
          placeholder: t(`cap.language.${side}`),
          onChange: (event: { readonly target: { readonly value: string } }) =>
            onChange({
              ...form,
              draft: { ...form.draft, [name]: { ...form.draft[name], [side]: event.target.value } },
            }),
        };
        return rows ? <textarea key={side} rows={rows} {...shared} /> : <input key={side} {...shared} />;
      })}
    </fieldset>
  );
}

type ChoiceName = "category" | "urgency" | "certainty" | "responseType";
const CHOICES = {
  category: CAP_CATEGORIES,
  urgency: CAP_URGENCIES,
  certainty: CAP_CERTAINTIES,
  responseType: CAP_RESPONSE_TYPES,
} as const;

function Choice({ name, form, onChange }: Part & { name: ChoiceName }) {
  const { t } = useWords();
  return (
    <label className="lt-cap-field">
      <span>{t(`cap.field.${name}`)}</span>
      <select
        id={fieldId(name)}
        value={form.draft[name]}
        onChange={(event) =>
          onChange({ ...form, draft: { ...form.draft, [name]: event.target.value } as CapDraft })
        }
      >
        {CHOICES[name].map((value) => (
          <option key={value} value={value}>
            {t.maybe(`cap.${name}.${value}`, value)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Time({ name, form, onChange, wrong }: Part & { name: "effective" | "expires" }) {
  const { t } = useWords();
  return (
    <label className="lt-cap-field">
      <span>
        {t(`warning.${name}`)} <small>{t("clock.zone")}</small>
      </span>
      <input
        id={fieldId(name)}
        type="datetime-local"
        value={form[name]}
        aria-invalid={wrong.has(name)}
        onChange={(event) => onChange({ ...form, [name]: event.target.value })}
      />
    </label>
  );
}

function Row({ children }: { children: ReactNode }) {
  return <div className="lt-cap-row">{children}</div>;
}

/** Everything of an alert that a person decides. */
export function CapFields(part: Part) {
  const { t } = useWords();
  const { form, onChange, wrong } = part;
  const setLevel = (level: "1" | "2" | "3" | "4") =>
    onChange({ ...form, draft: { ...form.draft, level: Number(level) as CapDraft["level"] } });
  return (
    <div className="lt-cap-fields">
      <div className="lt-cap-field">
        <span>{t("cap.field.level")}</span>
        <Segmented
          label={t("cap.field.level")}
          value={String(form.draft.level) as "1"}
          options={(["1", "2", "3", "4"] as const).map((id) => ({
            id,
            name: t(`warning.level.${id}`),
            label: (
              <span className="lt-cap-level">
                <LevelMark level={Number(id)} />
                {t(`level.${id}`)}
              </span>
            ),
          }))}
          onChange={setLevel}
        />
      </div>
      <TextPair name="event" {...part} />
      <TextPair name="headline" {...part} />
      <TextPair name="description" rows={4} {...part} />
      <TextPair name="instruction" rows={3} {...part} />
      <TextPair name="areaDesc" {...part} />
      <label className="lt-cap-field">
        <span>
          {t("cap.field.areas")} <small>{t("cap.areasHint")}</small>
        </span>
        <textarea
          id={fieldId("areas")}
          className="lt-cap-areas"
          rows={4}
          spellCheck={false}
          value={form.areas}
          aria-invalid={wrong.has("areas")}
          onChange={(event) => onChange({ ...form, areas: event.target.value })}
        />
      </label>
      <Row>
        <Time name="effective" {...part} />
        <Time name="expires" {...part} />
      </Row>
      <Row>
        <Choice name="category" {...part} />
        <Choice name="responseType" {...part} />
        <Choice name="urgency" {...part} />
        <Choice name="certainty" {...part} />
      </Row>
    </div>
  );
}
