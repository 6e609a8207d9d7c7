import { Camera, Download, Trash2, Upload } from "lucide-react";
import { useEffect, useState } from "react";
import type { Viewpoint } from "../../domain/reading/viewpoint.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { Field } from "../kit/field.tsx";
import { Empty } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";

function Picture({ viewpoint }: { viewpoint: Viewpoint }) {
  const { signals } = useTwin();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isCurrent = true;
    signals.viewpointImage(viewpoint.id).then(
      (blob) => {
        if (!blob || !isCurrent) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      () => {},
    );
    return () => {
      isCurrent = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [signals, viewpoint.id]);
  return url ? <img src={url} alt="" className="lt-view-picture" /> : <span className="lt-view-picture" />;
}

function ViewRow({ viewpoint }: { viewpoint: Viewpoint }) {
  const { t, format } = useWords();
  const run = useRun();
  const [comment, setComment] = useState("");
  const { id, title, comments, createdMs, author } = viewpoint;
  return (
    <li className="lt-view">
      <button
        type="button"
        className="lt-view-open"
        onClick={() => run({ type: "show-viewpoint", viewpoint: id })}
      >
        <Picture viewpoint={viewpoint} />
        <span className="lt-view-words">
          <strong>{title || t("reading.untitled")}</strong>
          <small>
            {author} · {format.dateTime(createdMs)}
          </small>
        </span>
      </button>
      {comments.map(({ text, author: who, atMs }) => (
        <p key={`${atMs} ${text}`} className="lt-note">
          {who && `${who}: `}
          {text}
        </p>
      ))}
      <form
        className="lt-search-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!comment.trim()) return;
          run({ type: "change-viewpoint", viewpoint: id, comment });
          setComment("");
        }}
      >
        <Field label={t("reading.comment")} value={comment} onChange={setComment} />
        <IconButton
          label={t("action.remove")}
          icon={Trash2}
          onPress={() => run({ type: "remove-viewpoint", viewpoint: id })}
        />
      </form>
    </li>
  );
}

/** Viewpoints of the model: save, show, say something to, exchange as BCF. */
export function ViewsPane({ modelId: id }: { modelId: string }) {
  const { stores } = useTwin();
  const { t } = useWords();
  const run = useRun();
  const all = useStore(stores.reading, (state) => state.viewpoints);
  const [title, setTitle] = useState("");
  const own = all.filter(({ modelId }) => modelId === id);
  const save = () => {
    run({ type: "save-viewpoint", id, title: title.trim() || t("reading.view", { number: own.length + 1 }) });
    setTitle("");
  };
  return (
    <>
      <form
        className="lt-search-form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field label={t("reading.viewTitle")} value={title} onChange={setTitle} />
      </form>
      <div className="lt-row-buttons">
        <Button tone="main" icon={Camera} onPress={save}>
          {t("reading.saveView")}
        </Button>
        <Button icon={Upload} onPress={() => run({ type: "choose-reading-file", id, kind: "bcf" })}>
          {t("reading.importBcf")}
        </Button>
      </div>
      {own.length === 0 && <Empty>{t("reading.noViews")}</Empty>}
      <ul className="lt-view-list">
        {own.map((viewpoint) => (
          <ViewRow key={viewpoint.id} viewpoint={viewpoint} />
        ))}
      </ul>
      {own.length > 0 && (
        <div className="lt-row-buttons">
          {(["2.1", "3.0"] as const).map((version) => (
            <Button key={version} icon={Download} onPress={() => run({ type: "export-bcf", id, version })}>
              {t("reading.exportBcf", { version })}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
