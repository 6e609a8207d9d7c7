/** How the simulation is set; `seed` stays as it was at the start. */
export interface HubClock {
  readonly paused: boolean;
  /** 1 is as fast as the recording says. */
  readonly speed: number;
  readonly seed: number;
}
