import { Building2, FolderOpen } from "lucide-react";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";
import { JobCard } from "./job-card.tsx";
import { ModelCard } from "./model-card.tsx";
import { StoredModels } from "./stored-models.tsx";
import "./models.css";

/** Written by `npm run sample-ifc`, served beside the application, in a sub-folder too. */
const SAMPLE_IFC = "samples/liaotwin-municipal.ifc";

/** Models, running conversions, and the two ways to open one. */
export function ModelList() {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const models = useStore(stores.models, (state) => state.models);
  const jobs = useStore(stores.jobs, (state) => state.jobs);
  const shown = jobs.filter(
    (job) => job.kind === "ifc" && (job.state === "running" || job.state === "failed"),
  );
  return (
    <div className="lt-models">
      {models.length === 0 && shown.length === 0 && <Empty>{t("models.empty")}</Empty>}
      {shown.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
      {models.map((model) => (
        <ModelCard key={model.id} model={model} />
      ))}
      {models.length > 0 && <StoredModels models={models} />}
      <div className="lt-row-buttons">
        <Button icon={FolderOpen} onPress={() => run({ type: "choose-ifc-file" })}>
          {t("models.open")}
        </Button>
        {!models.some((model) => model.isSample) && (
          <Button
            icon={Building2}
            onPress={() => run({ type: "open-ifc", source: SAMPLE_IFC, name: t("models.sampleName") })}
          >
            {t("models.sample")}
          </Button>
        )}
      </div>
    </div>
  );
}
