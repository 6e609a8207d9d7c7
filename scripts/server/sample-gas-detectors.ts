/** A gas detector of the sample building as its IFC model has it. `east`, `north`: metres along the model's axes from its origin. */
export interface GasDetector {
  readonly globalId: string;
  readonly mark: string;
  readonly east: number;
  readonly north: number;
  /** Metres above ground. */
  readonly height: number;
}

/** The IfcSensor of the sample model that smell gas, so that the feed can name them; a test compares the two. */
export const GAS_DETECTORS: readonly GasDetector[] = [
  { globalId: "1mzCabbIVVskznW2cxmfPY", mark: "GAS-115-1", east: 37.52, north: 22.75, height: 4.58 },
  { globalId: "2TNtYIIlCe1KlMokxezbEM", mark: "GAS-115-2", east: 41.31, north: 22.75, height: 4.58 },
  { globalId: "1K9S3roODPAnomRaFon9fR", mark: "GAS-305-1", east: -41.31, north: 22.75, height: 14.18 },
  { globalId: "3Iltep4u_FS8MF_NrMNyGp", mark: "GAS-305-2", east: -37.52, north: 22.75, height: 14.18 },
  { globalId: "19xyqPjl5KZ_IF0H0cb9lI", mark: "GAS-306-1", east: -33.54, north: 22.75, height: 14.18 },
  { globalId: "00UMmKb2G6fuWq$nbh_o9e", mark: "GAS-306-2", east: -29.76, north: 22.75, height: 14.18 },
  { globalId: "3RpUA49BrvPRfUN60V12aH", mark: "GAS-1205-1", east: -9.95, north: 18.8, height: 50.18 },
  { globalId: "0_v_Cd1AvJ4yXsKeAGEPtv", mark: "GAS-1205-2", east: -6.05, north: 18.8, height: 50.18 },
  { globalId: "00Ssn5IH6Th2aFxwm1sQHk", mark: "GAS-B101-1", east: -40.08, north: 23.55, height: -0.82 },
  { globalId: "3fTx$5V5Cq0dlC36XqhA09", mark: "GAS-B101-2", east: -33.42, north: 23.55, height: -0.82 },
  { globalId: "0o0nTGISyqxqRp$hOR$voT", mark: "GAS-B102-1", east: -27.95, north: 23.55, height: -0.82 },
  { globalId: "0D342tLTute7w2u4bwNT6O", mark: "GAS-B102-2", east: -24.05, north: 23.55, height: -0.82 },
];
