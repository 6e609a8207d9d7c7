import { lazy, Suspense } from "react";
import { AnnounceBanner } from "../announce/announce-banner.tsx";
import { useStore, useTwin } from "../context.tsx";
import { useFocusCare } from "../focus/focus-care.ts";
import { ProvenanceStrip } from "../furniture/provenance-strip.tsx";
import { DropZone } from "./drop-zone.tsx";
import { Notices } from "./notices.tsx";
import { PlacingBanner } from "./placing-banner.tsx";
import "../furniture/provenance-strip.css";

const PaletteDialog = lazy(() =>
  import("../palette/palette-dialog.tsx").then((m) => ({ default: m.PaletteDialog })),
);
const TilesetDialog = lazy(() =>
  import("../layers/tileset-dialog.tsx").then((m) => ({ default: m.TilesetDialog })),
);
const BasemapDialog = lazy(() =>
  import("../layers/basemap-dialog.tsx").then((m) => ({ default: m.BasemapDialog })),
);
const ProfileCard = lazy(() =>
  import("../terrain/profile-card.tsx").then((m) => ({ default: m.ProfileCard })),
);
const ServiceDialog = lazy(() =>
  import("../layers/service-dialog.tsx").then((m) => ({ default: m.ServiceDialog })),
);
const CrsDialog = lazy(() => import("../layers/crs-dialog.tsx").then((m) => ({ default: m.CrsDialog })));
const DrawingBanner = lazy(() =>
  import("../zones/drawing-banner.tsx").then((m) => ({ default: m.DrawingBanner })),
);
const PastFrame = lazy(() => import("../timeline/past-frame.tsx").then((m) => ({ default: m.PastFrame })));
const AboutDialog = lazy(() => import("./about-dialog.tsx").then((m) => ({ default: m.AboutDialog })));

const CapDialog = lazy(() => import("../cap/cap-dialog.tsx").then((m) => ({ default: m.CapDialog })));
const ReportPage = lazy(() => import("../report/report-page.tsx").then((m) => ({ default: m.ReportPage })));

function OpenOverlay() {
  const { stores } = useTwin();
  const overlay = useStore(stores.ui, (state) => state.overlay);
  switch (overlay) {
    case "palette":
      return <PaletteDialog />;
    case "add-tileset":
      return <TilesetDialog />;
    case "basemap":
      return <BasemapDialog />;
    case "add-map":
      return <ServiceDialog />;
    case "crs":
      return <CrsDialog />;
    case "cap":
      return <CapDialog />;
    case "report":
      return <ReportPage />;
    case "about":
      return <AboutDialog />;
    default:
      return null;
  }
}

/** Everything that floats above the screens. */
export function Overlays() {
  const { stores } = useTwin();
  useFocusCare();
  const hasNoFurniture = useStore(stores.ui, ({ mode }) => mode === "present" || mode === "wall");
  const hasProfile = useStore(stores.terrain, (state) => state.drawing !== null || state.profile !== null);
  const isDrawing = useStore(stores.response, (state) => state.drawing !== null);
  return (
    <>
      <Suspense>
        <OpenOverlay />
      </Suspense>
      <Suspense>
        <PastFrame />
      </Suspense>
      <PlacingBanner />
      {hasNoFurniture && (
        <div className="lt-provenance-float">
          <ProvenanceStrip />
        </div>
      )}
      {isDrawing && (
        <Suspense>
          <DrawingBanner />
        </Suspense>
      )}
      {hasProfile && (
        <Suspense>
          <ProfileCard />
        </Suspense>
      )}
      <AnnounceBanner />
      <Notices />
      <DropZone />
    </>
  );
}
