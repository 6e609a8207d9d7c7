import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { Command } from "../../commands/schemas.ts";
import type { ModelEntry } from "../../domain/model.ts";
import { useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Section } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";

/** What is about to be removed. */
interface Doomed {
  readonly name: string;
  readonly bytes: number;
  readonly command: Command;
}

function total(models: readonly ModelEntry[]): number {
  return models.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Asked in place: a removed model has to be converted again from its IFC file. */
function Confirmation({ doomed, onDone }: { doomed: Doomed; onDone: () => void }) {
  const { t, format } = useWords();
  const run = useRun();
  return (
    <div className="lt-stored-ask">
      <p>{t("models.removeAsk", { name: doomed.name, size: format.bytes(doomed.bytes) })}</p>
      <div className="lt-row-buttons">
        <Button
          icon={Trash2}
          onPress={() => {
            onDone();
            run(doomed.command);
          }}
        >
          {t("models.remove")}
        </Button>
        <Button autoFocus onPress={onDone}>
          {t("action.cancel")}
        </Button>
      </div>
    </div>
  );
}

/** What converted models take of this computer, one by one, and the ways to have it back. */
export function StoredModels({ models }: { models: readonly ModelEntry[] }) {
  const { t, format } = useWords();
  const [doomed, setDoomed] = useState<Doomed | null>(null);
  const all: Doomed = {
    name: t("models.storedAll", { count: models.length }),
    bytes: total(models),
    command: { type: "remove-all-models" },
  };
  return (
    <Section
      rank="minor"
      startsClosed
      title={t("models.stored")}
      aside={<span className="lt-aside">{format.bytes(total(models))}</span>}
    >
      <ul className="lt-stored">
        {models.map(({ id, name, fileName, bytes }) => (
          <li key={id}>
            <span className="lt-ellipsis" title={fileName}>
              {name}
            </span>
            <span className="lt-aside">{format.bytes(bytes)}</span>
            <IconButton
              label={t("models.removeOne", { name })}
              icon={Trash2}
              onPress={() => setDoomed({ name, bytes, command: { type: "remove-model", id } })}
            />
          </li>
        ))}
      </ul>
      {doomed ? (
        <Confirmation doomed={doomed} onDone={() => setDoomed(null)} />
      ) : (
        models.length > 1 && (
          <Button icon={Trash2} onPress={() => setDoomed(all)}>
            {t("command.remove-all-models")}
          </Button>
        )
      )}
      <p className="lt-model-note">{t("models.storedNote")}</p>
    </Section>
  );
}
