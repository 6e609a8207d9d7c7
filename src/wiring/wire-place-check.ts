import { TwinError } from "../base/errors.ts";
import type { PlacePorts } from "../commands/ports.ts";
import type { IfcModel, ModelEntry } from "../domain/model.ts";
import {
  type ModelPlace,
  movedPlace,
  type PlaceMove,
  placeOfCandidate,
  ringOfPlace,
} from "../domain/model-place.ts";
import type { PlaceCandidate } from "../domain/place-candidate.ts";
import { placeFileName, placeOfFile, readPlaceFile, writePlaceFile } from "../domain/place-file.ts";
import { ringCentroid } from "../geo/polygon.ts";
import { writeIfcCopy } from "../jobs/ifc-copy-job.ts";
import { NOT_EXAMINED } from "../state/placement-store.ts";
import { putNotice } from "../state/put-notice.ts";
import type { JobLog } from "./job-log.ts";
import type { ModelLibrary } from "./model-library.ts";
import { placeOfModel } from "./model-placement.ts";
import type { WireParts } from "./parts.ts";
import { followPlacePointer } from "./place-pointer.ts";
import { type PlaceShape, shapeOfModel } from "./place-shape.ts";
import { saveBlob } from "./save-file.ts";
import type { ModelWire } from "./wire-models.ts";

const MOST_STEPS_BACK = 100;
const LOOK_RANGE = 3;
/** Metres from which a place is looked at, at least. */
const MIN_RANGE = 120;

interface Tools {
  readonly models: ModelWire;
  readonly library: ModelLibrary;
  readonly jobs: JobLog;
  readonly blobOf: (source: string) => Promise<Blob>;
}

export interface PlaceCheckWire extends PlacePorts {
  placeModel(id: string, place: ModelPlace): Promise<void>;
}

/** Where a model stands: evidence, choice, moves with a way back, and the files that keep the answer. */
export function wirePlaceCheck(parts: WireParts, tools: Tools): PlaceCheckWire {
  const desk = new PlaceDesk(parts, tools);
  const { stores, scope } = parts;
  scope.add(
    stores.models.watch(
      (s) => s.models,
      (now) => desk.follow(now),
    ),
  );
  scope.add(
    stores.models.watch(
      (s) => s.open ?? s.placing,
      (other) => {
        if (other) void desk.examinePlace(null);
      },
    ),
  );
  scope.add(
    stores.placement.watch(
      (s) => s,
      () => desk.draw(),
    ),
  );
  followPlacePointer(parts, () => desk.shape);
  return {
    examinePlace: (id) => desk.examinePlace(id),
    choosePlace: (id, candidate) => desk.choosePlace(id, candidate),
    lookAtPlace: (candidate) => desk.lookAtPlace(candidate),
    movePlace: (id, move) => desk.movePlace(id, move),
    placeModel: (id, place) => desk.placeModel(id, place),
    undoPlace: (id) => desk.undoPlace(id),
    resetPlace: (id) => desk.resetPlace(id),
    savePlace: (id, as, crs, height) => desk.savePlace(id, as, crs, height),
    openPlaceFile: (source) => desk.openPlaceFile(source),
  };
}

class PlaceDesk implements PlaceCheckWire {
  readonly #parts: WireParts;
  readonly #tools: Tools;
  shape: PlaceShape | null = null;

  constructor(parts: WireParts, tools: Tools) {
    this.#parts = parts;
    this.#tools = tools;
  }

  get #state() {
    return this.#parts.stores.placement.get();
  }

  async examinePlace(id: string | null): Promise<void> {
    const { placement, ui, models } = this.#parts.stores;
    if (id === null) {
      this.shape = null;
      if (placement.get().modelId !== null) placement.set(NOT_EXAMINED);
      return;
    }
    const model = await this.#model(id);
    const entry = models.get().models.find((one) => one.id === id);
    if (!entry) return;
    this.shape = shapeOfModel(model);
    ui.set({ panels: { ...ui.get().panels, right: true } });
    const taken = model.evidence.candidates.find(({ isTaken }) => isTaken);
    placement.set({
      modelId: id,
      evidence: model.evidence,
      standing: placeOfModel(entry.georeference, entry.userPlace),
      followed: entry.userPlace ? null : (taken?.id ?? null),
      pointed: null,
      middle: this.shape.middle,
      past: [],
    });
  }

  /** What others do with the models: the examined one is gone, or has been moved. */
  follow(models: readonly ModelEntry[]): void {
    const { modelId, standing } = this.#state;
    if (modelId === null) return;
    const entry = models.find(({ id }) => id === modelId);
    if (!entry) return void this.examinePlace(null);
    const place = placeOfModel(entry.georeference, entry.userPlace);
    if (JSON.stringify(place) !== JSON.stringify(standing))
      this.#parts.stores.placement.set({ standing: place });
  }

  draw(): void {
    const { evidence, standing, followed, pointed } = this.#state;
    const { view } = this.#parts;
    if (!evidence || !this.shape) {
      view.setPlaceOutlines([]);
      return;
    }
    const { hull } = this.shape;
    const candidates = evidence.candidates.map((candidate, i) => ({
      id: candidate.id,
      ring: ringOfPlace(hull, placeOfCandidate(evidence, candidate)),
      kind: "candidate" as const,
      label: String(i + 1),
      isPointed: candidate.id === pointed,
    }));
    const now = standing && {
      id: "standing",
      ring: ringOfPlace(hull, standing),
      kind: "standing" as const,
      label: "",
      isPointed: false,
    };
    view.setPlaceOutlines([
      ...candidates.filter(({ id }) => id !== followed || id === pointed),
      ...(now ? [now] : []),
    ]);
  }

  async choosePlace(id: string, candidateId: string): Promise<void> {
    const { evidence } = await this.#model(id);
    const candidate = evidence.candidates.find((one) => one.id === candidateId);
    if (!candidate)
      throw new TwinError(
        "place.unknown_candidate",
        `The file has no statement "${candidateId}" about its place.`,
        { candidate: candidateId },
      );
    await this.#put(id, candidate.isTaken ? null : placeOfCandidate(evidence, candidate), candidateId);
    await this.lookAtPlace(candidateId);
  }

  async lookAtPlace(candidateId: string | null): Promise<void> {
    const { evidence } = this.#state;
    const candidate = evidence?.candidates.find(({ id }) => id === candidateId);
    this.#parts.stores.placement.set({ pointed: candidate?.id ?? null });
    if (!candidate || !evidence || !this.shape) return;
    const { hull } = this.shape;
    const ring = ringOfPlace(hull, placeOfCandidate(evidence, candidate));
    const size = Math.max(
      ...hull.map(([x, y]) => Math.hypot(x - this.shape!.middle[0], y - this.shape!.middle[1])),
    );
    const range = Math.max(MIN_RANGE, size * 2 * LOOK_RANGE);
    const target = { ...ringCentroid(ring), height: 0 };
    await this.#parts.view.flyTo({ target, range, headingDeg: 0, pitchDeg: -55 }, null).catch(() => {});
  }

  async movePlace(id: string, move: PlaceMove): Promise<void> {
    const { middle } = shapeOfModel(await this.#model(id));
    // read late: a held key asks again before the last step is done
    const entry = this.#entry(id);
    const place = placeOfModel(entry.georeference, entry.userPlace);
    if (!place) throw noPlace(entry.name);
    await this.#put(id, movedPlace(groundPlace(place, entry), move, middle), null);
  }

  placeModel(id: string, place: ModelPlace): Promise<void> {
    return this.#put(id, place, null);
  }

  async undoPlace(id: string): Promise<void> {
    const { past, modelId } = this.#state;
    if (modelId !== id || past.length === 0) return;
    const place = past.at(-1) ?? null;
    await this.#tools.models.placeModel(id, place);
    this.#parts.stores.placement.set({ past: past.slice(0, -1), followed: this.#followedAt(place) });
  }

  async resetPlace(id: string): Promise<void> {
    const { evidence } = await this.#model(id);
    await this.#put(id, null, evidence.candidates.find(({ isTaken }) => isTaken)?.id ?? null);
  }

  async savePlace(
    id: string,
    as: "sidecar" | "ifc",
    crs: string | null,
    height: number | null,
  ): Promise<void> {
    const entry = this.#entry(id);
    const { evidence, contentHash } = await this.#model(id);
    const standing = placeOfModel(entry.georeference, entry.userPlace);
    if (!standing) throw noPlace(entry.name);
    const place = groundPlace(standing, entry);
    // projections are needed here alone: they load when somebody saves
    const { gridAt, mapConversionOf } = await import("../domain/map-conversion.ts");
    const grid = crs ?? gridAt(place.longitudeDeg, place.latitudeDeg);
    const conversion = mapConversionOf(
      evidence,
      place,
      grid,
      height ?? heightOf(evidence.candidates, this.#state.followed) + place.height,
    );
    if (as === "sidecar") {
      const known = {
        file: entry.fileName,
        contentHash,
        statement: this.#statement(),
        savedAt: new Date().toISOString(),
      };
      const text = writePlaceFile({ ...known, mapConversion: conversion }, evidence, place);
      return saveBlob(placeFileName(entry.fileName), new Blob([text], { type: "application/json" }));
    }
    const source = await this.#tools.models.ifcOf(id);
    if (!source)
      throw new TwinError(
        "place.no_ifc",
        `The IFC file itself is not at hand any more: open ${entry.fileName} again (it takes a moment only), then save the copy.`,
        { file: entry.fileName },
      );
    const { name, blob } = await this.#tools.jobs.run("ifc", entry.fileName, (job) =>
      writeIfcCopy(source, entry.fileName, conversion, (progress) => job.report(progress), job.signal),
    );
    saveBlob(name, blob);
  }

  async openPlaceFile(source: string): Promise<void> {
    const blob = await this.#tools.blobOf(source);
    const fileName = blob instanceof File ? blob.name : source;
    const file = readPlaceFile(await blob.text(), fileName);
    const { models } = this.#parts.stores.models.get();
    const entry =
      models.find(({ id }) => id === file.contentHash) ?? models.find((one) => one.fileName === file.file);
    if (!entry)
      throw new TwinError(
        "place.no_model",
        `${fileName} says where ${file.file} stands, but that model is not open: open it first, or drop both together.`,
        { file: fileName, model: file.file },
      );
    const { evidence } = await this.#model(entry.id);
    await this.#put(entry.id, placeOfFile(file, evidence), null);
    const isOther = entry.id !== file.contentHash;
    putNotice(this.#parts.stores, {
      tone: "info",
      key: isOther ? "place.readForOther" : "place.read",
      params: { name: entry.name, file: fileName },
      action: { key: "place.examine", commands: [{ type: "examine-place", id: entry.id }] },
    });
    await this.#parts.run({ type: "zoom-to-model", id: entry.id });
  }

  /** Models that an earlier version converted do not say how they are turned. */
  async #model(id: string): Promise<IfcModel> {
    const model = await this.#tools.library.model(id);
    if ((model as Partial<IfcModel>).evidence) return model;
    throw new TwinError(
      "place.outdated",
      `${model.fileName} was converted by an earlier version: open the IFC file again, then check its place.`,
      { file: model.fileName },
    );
  }

  #entry(id: string): ModelEntry {
    const entry = this.#parts.stores.models.get().models.find((one) => one.id === id);
    if (!entry) throw new TwinError("model.unknown", `No model "${id}" is open.`, { id });
    return entry;
  }

  async #put(id: string, place: ModelPlace | null, followed: string | null): Promise<void> {
    const before = this.#entry(id).userPlace;
    await this.#tools.models.placeModel(id, place);
    const { stores } = this.#parts;
    if (stores.models.get().placing === id) stores.models.set({ placing: null });
    const { modelId, past } = this.#state;
    if (modelId !== id) return;
    stores.placement.set({ past: [...past, before].slice(-MOST_STEPS_BACK), followed });
  }

  #followedAt(place: ModelPlace | null): string | null {
    const { evidence } = this.#state;
    const same = (one: PlaceCandidate) =>
      place === null
        ? one.isTaken
        : evidence !== null && JSON.stringify(placeOfCandidate(evidence, one)) === JSON.stringify(place);
    return evidence?.candidates.find(same)?.id ?? null;
  }

  #statement(): string {
    const { evidence, followed } = this.#state;
    return evidence?.candidates.find(({ id }) => id === followed)?.statement ?? "";
  }
}

/** Heights of the file's own place are above a datum; the model stands on the shown ground. */
function groundPlace(place: ModelPlace, entry: ModelEntry): ModelPlace {
  return entry.userPlace ? place : { ...place, height: 0 };
}

/** Level 0 above the vertical datum as the followed statement has it, else the first; 0 when none says. */
function heightOf(candidates: readonly PlaceCandidate[], followed: string | null): number {
  const one =
    candidates.find(({ id }) => id === followed) ??
    candidates.find(({ isTaken }) => isTaken) ??
    candidates[0];
  return one?.origin.height ?? 0;
}

function noPlace(name: string): TwinError {
  return new TwinError("place.none", `${name} has no place yet: click on the map first.`, { name });
}
