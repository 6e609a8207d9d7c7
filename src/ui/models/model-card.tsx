import { Box, Crosshair, Eye, EyeOff, LocateFixed, MapPin } from "lucide-react";
import { lazy, Suspense } from "react";
import type { ModelEntry } from "../../domain/model.ts";
import { useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Section } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { FailureList } from "./failure-list.tsx";
import { IssueList } from "./issue-list.tsx";
import { StoreyList } from "./storey-list.tsx";

const StructurePane = lazy(() =>
  import("../reading/structure-pane.tsx").then((m) => ({ default: m.StructurePane })),
);

const ModelAlterations = lazy(() =>
  import("./model-alterations.tsx").then((m) => ({ default: m.ModelAlterations })),
);

function GeoreferenceLine({ model }: { model: ModelEntry }) {
  const { t } = useWords();
  const { method, crs } = model.georeference;
  const how = model.userPlace
    ? t("models.georeference.user")
    : method === "none"
      ? t("models.georeference.none")
      : method === "user"
        ? t("models.georeference.user")
        : method;
  return (
    <p className="lt-model-note" title={`${t("models.georeference")}: ${how}`}>
      {model.schema} · {model.userPlace ? how : (crs ?? how)}
    </p>
  );
}

/** The import mended or doubted something about the place, and nobody has put it elsewhere since. */
function isDoubtful({ issues, userPlace, placement }: ModelEntry): boolean {
  const isAsked = issues.some(({ code, severity }) => code.startsWith("georef.") && severity !== "info");
  return placement === "placed" && userPlace === null && isAsked;
}

function ModelButtons({ model }: { model: ModelEntry }) {
  const { t } = useWords();
  const run = useRun();
  const { id } = model;
  return (
    <div className="lt-row-buttons">
      <Button tone="main" icon={Box} onPress={() => run({ type: "open-building", id })}>
        {t("models.closeUp")}
      </Button>
      {model.placement === "placed" ? (
        <IconButton
          label={t("command.zoom-to-model")}
          icon={LocateFixed}
          onPress={() => run({ type: "zoom-to-model", id })}
        />
      ) : (
        <Button icon={MapPin} onPress={() => run({ type: "start-placing", id })}>
          {t("models.place")}
        </Button>
      )}
      <IconButton
        label={t("command.examine-place")}
        icon={Crosshair}
        onPress={() => run({ type: "examine-place", id })}
      />
    </div>
  );
}

/** One model: show, open, storeys, structure. */
export function ModelCard({ model }: { model: ModelEntry }) {
  const { t, format } = useWords();
  const run = useRun();
  return (
    <article className="lt-model" aria-label={model.name} data-model={model.id} tabIndex={-1}>
      <div className="lt-model-head">
        <IconButton
          label={t("layers.show", { name: model.name })}
          icon={model.visible ? Eye : EyeOff}
          pressed={model.visible}
          className="lt-eye"
          onPress={() => run({ type: "show-model", id: model.id, visible: !model.visible })}
        />
        <h3 className="lt-ellipsis" title={model.fileName}>
          {model.name}
        </h3>
      </div>
      {model.placement === "unplaced" && <p className="lt-model-wait">{t("models.unplaced")}</p>}
      <GeoreferenceLine model={model} />
      {isDoubtful(model) && <p className="lt-model-wait">{t("place.card")}</p>}
      <ModelButtons model={model} />
      <Suspense>
        <ModelAlterations model={model} />
      </Suspense>
      <Section
        rank="minor"
        startsClosed
        title={t("models.storeys")}
        aside={<span className="lt-aside">{t("models.storeyCount", { count: model.storeys.length })}</span>}
      >
        <StoreyList model={model} />
      </Section>
      <Section
        rank="minor"
        startsClosed
        title={t("models.tree")}
        aside={
          <span className="lt-aside">
            {t("models.elements", { count: format.number(model.counts.elements) })}
          </span>
        }
      >
        <Suspense>
          <StructurePane modelId={model.id} />
        </Suspense>
      </Section>
      {model.failures.length > 0 && (
        <Section
          rank="minor"
          startsClosed
          title={t("place.failures")}
          aside={
            <span className="lt-aside">
              {t("place.failureCount", { count: format.number(model.counts.withoutGeometry) })}
            </span>
          }
        >
          <FailureList failures={model.failures} />
        </Section>
      )}
      {model.issues.length > 0 && (
        <Section
          rank="minor"
          startsClosed
          title={t("models.findings")}
          aside={<span className="lt-aside">{t("models.issues", { count: model.issues.length })}</span>}
        >
          <IssueList issues={model.issues} />
        </Section>
      )}
    </article>
  );
}
