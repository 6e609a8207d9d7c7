import { Check, LocateFixed } from "lucide-react";
import { CITIES } from "../../domain/city.ts";
import { placeOfCandidate } from "../../domain/model-place.ts";
import type { PlaceCandidate, PlaceEvidence } from "../../domain/place-candidate.ts";
import { distanceM } from "../../geo/local-plane.ts";
import { useStore, useTwin, useWords } from "../context.tsx";
import { Button } from "../kit/button.tsx";
import { Facts } from "../kit/section.tsx";
import { useRun } from "../use-run.ts";

interface CandidateProps {
  readonly modelId: string;
  readonly candidate: PlaceCandidate;
  readonly number: number;
}

interface Spot {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}

function apart(a: Spot, b: Spot): number {
  return distanceM(a.longitudeDeg, a.latitudeDeg, b.longitudeDeg, b.latitudeDeg);
}

/** How far from the others and from the city that is shown. */
function Distances({ candidate, evidence }: { candidate: PlaceCandidate; evidence: PlaceEvidence }) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const city = useStore(stores.city, (state) => CITIES[state.city]);
  const standing = useStore(stores.placement, (state) => state.standing);
  const { origin } = candidate;
  const others = evidence.candidates.flatMap((other, i) =>
    other.id === candidate.id
      ? []
      : [t("place.fromOther", { number: i + 1, distance: format.distance(apart(origin, other.origin)) })],
  );
  return (
    <p className="lt-note">
      {[
        t("place.fromCity", {
          city: t.text(city.name),
          distance: format.distance(apart(origin, city.home.target)),
        }),
        ...(standing
          ? [t("place.fromStanding", { distance: format.distance(apart(origin, standing)) })]
          : []),
        ...others,
      ].join(t("place.separator"))}
    </p>
  );
}

/** One answer of the file: which statement, what it says, why it is doubtful, how far it is from the others. */
export function CandidateCard({ modelId, candidate, number }: CandidateProps) {
  const { stores } = useTwin();
  const { t, format } = useWords();
  const run = useRun();
  const { evidence, followed, pointed } = useStore(stores.placement, (state) => state);
  if (!evidence) return null;
  const isFollowed = followed === candidate.id;
  const { method, statement, crs, doubts } = candidate;
  return (
    <li className="lt-candidate" data-followed={isFollowed} data-pointed={pointed === candidate.id}>
      <div className="lt-candidate-head">
        <span className="lt-candidate-number" aria-hidden>
          {number}
        </span>
        <h3>
          {method === "coordinates" ? t("place.coordinates") : method}{" "}
          {statement && <small>{statement}</small>}
        </h3>
        {isFollowed && <span className="lt-candidate-now">{t("place.now")}</span>}
      </div>
      {crs && <p className="lt-note">{crs}</p>}
      <Facts
        rows={[
          ...candidate.says,
          [
            t("place.lands"),
            `${candidate.origin.longitudeDeg.toFixed(6)}, ${candidate.origin.latitudeDeg.toFixed(6)}`,
          ] as const,
          [
            t("place.bearing"),
            format.degrees(placeOfCandidate({ turnDeg: 0 }, candidate).headingDeg, 2),
          ] as const,
        ]}
      />
      <Distances candidate={candidate} evidence={evidence} />
      {doubts.length > 0 ? (
        <ul className="lt-candidate-doubts">
          {doubts.map(({ code, params }) => (
            <li key={code}>{t.maybe(`issue.${code}`, code, params)}</li>
          ))}
        </ul>
      ) : (
        <p className="lt-note">{t("place.noDoubt")}</p>
      )}
      <div className="lt-row-buttons">
        <Button
          tone={isFollowed ? "quiet" : "plain"}
          icon={Check}
          isDisabled={isFollowed}
          onPress={() => run({ type: "choose-place", id: modelId, candidate: candidate.id })}
        >
          {t("place.choose", { number })}
        </Button>
        <Button
          tone="quiet"
          icon={LocateFixed}
          onPress={() => run({ type: "look-at-place", candidate: candidate.id })}
        >
          {t("place.look")}
        </Button>
      </div>
    </li>
  );
}
