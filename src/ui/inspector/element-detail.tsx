import { Check, Copy, LocateFixed } from "lucide-react";
import { useEffect, useState } from "react";
import type { ElementDetail, PropertySet } from "../../domain/model.ts";
import { useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Empty, Facts, Section } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";

/** A value with a button that copies it. */
function Copyable({ value }: { value: string }) {
  const { t } = useWords();
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <span className="lt-copy">
      <code>{value}</code>
      <IconButton
        label={isCopied ? t("action.copied") : t("action.copy")}
        icon={isCopied ? Check : Copy}
        onPress={copy}
      />
    </span>
  );
}

function PropertySetFold({ set, isFirst }: { set: PropertySet; isFirst: boolean }) {
  const { t, format } = useWords();
  const show = (property: PropertySet["properties"][number]) => {
    const { value, unit } = property;
    if (value === null || value === "") return t("value.none");
    if (typeof value === "boolean") return value ? t("value.yes") : t("value.no");
    if (typeof value === "string") return value;
    return format.measure(value, unit ?? "", Number.isInteger(value) ? 0 : 3);
  };
  return (
    <Section
      rank="minor"
      startsClosed={!isFirst}
      title={t.maybe(`element.set.${set.name}`, set.name)}
      aside={set.fromType ? <span className="lt-aside">{t("element.fromType")}</span> : undefined}
    >
      <div className="lt-set">
        <Facts rows={set.properties.map((property) => [property.name, show(property)] as const)} />
      </div>
    </Section>
  );
}

type Loaded = ElementDetail | null | "loading";

function useElement(modelId: string, globalId: string): Loaded {
  const { signals } = useTwin();
  const [loaded, setLoaded] = useState<Loaded>("loading");
  useEffect(() => {
    let isCurrent = true;
    signals.readProperties(modelId, globalId).then(
      (detail) => isCurrent && setLoaded(detail),
      () => isCurrent && setLoaded(null),
    );
    return () => {
      isCurrent = false;
    };
  }, [signals, modelId, globalId]);
  return loaded;
}

/** An IFC element: class, Name, GlobalId, storey, property sets. */
export function ElementPanel({ modelId, globalId }: { modelId: string; globalId: string }) {
  const { t } = useWords();
  const run = useRun();
  const element = useElement(modelId, globalId);
  if (element === "loading" || element === null)
    return (
      <div className="lt-detail">
        <Empty>{t(element === null ? "element.failed" : "element.loading")}</Empty>
        <Copyable value={globalId} />
      </div>
    );
  return (
    <div className="lt-detail">
      <div className="lt-detail-title">
        <h3>{element.name || element.class}</h3>
      </div>
      <Facts
        rows={[
          [t("element.class"), element.class],
          [t("element.globalId"), <Copyable key="id" value={element.globalId} />],
          [t("element.storey"), element.storeyName ?? t("element.noStorey")],
        ]}
      />
      <div className="lt-row-buttons">
        <Button icon={LocateFixed} onPress={() => run({ type: "zoom-to-selection" })}>
          {t("action.fly")}
        </Button>
      </div>
      <div>
        {element.propertySets.length === 0 && <Empty>{t("element.noSets")}</Empty>}
        {element.propertySets.map((set, at) => (
          <PropertySetFold key={`${set.name}${set.fromType ? " type" : ""}`} set={set} isFirst={at === 0} />
        ))}
      </div>
    </div>
  );
}
