import { FieldError, Input, Label, Text, TextField } from "react-aria-components";
import "./field.css";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly error?: string | null;
  readonly placeholder?: string;
  /** Hides what is typed and keeps it out of form history. */
  readonly secret?: boolean;
  readonly autoFocus?: boolean;
  readonly inputMode?: "numeric" | "url" | "text";
}

/** A labelled line of text. */
export function Field(props: FieldProps) {
  const { label, value, onChange, hint, error, placeholder, secret, autoFocus, inputMode = "text" } = props;
  return (
    <TextField
      className="lt-field"
      value={value}
      onChange={onChange}
      type={secret ? "password" : "text"}
      autoComplete="off"
      autoFocus={autoFocus ?? false}
      isInvalid={Boolean(error)}
      // what was wrong with the last try must not keep the next one from being sent
      validationBehavior="aria"
      inputMode={inputMode}
    >
      <Label>{label}</Label>
      <Input placeholder={placeholder ?? ""} spellCheck={false} />
      {hint && !error && <Text slot="description">{hint}</Text>}
      <FieldError>{error}</FieldError>
    </TextField>
  );
}
