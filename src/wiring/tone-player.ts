/** Two short tones by level (Hz): the worse, the higher and the wider apart. */
const TONES: Readonly<Record<number, readonly [number, number]>> = {
  1: [880, 1175],
  2: [660, 880],
  3: [523, 659],
  4: [440, 523],
};
const TONE_S = 0.16;
const GAP_S = 0.06;
const VOLUME = 0.22;

/** Tones out of the browser's own synthesizer. Silent until the user has touched the page once, as browsers ask. */
export class TonePlayer {
  #context: AudioContext | null = null;
  readonly #ending = new AbortController();

  constructor(target: EventTarget = window) {
    const wake = () => this.#wake();
    for (const type of ["pointerdown", "keydown"])
      target.addEventListener(type, wake, { signal: this.#ending.signal });
  }

  play(level: number): void {
    const context = this.#context;
    if (context?.state !== "running") return;
    const [first, second] = TONES[level] ?? TONES[4]!;
    const startS = context.currentTime + 0.02;
    tone(context, first, startS);
    tone(context, second, startS + TONE_S + GAP_S);
  }

  dispose(): void {
    this.#ending.abort();
    void this.#context?.close();
  }

  #wake(): void {
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") void this.#context.resume().catch(() => {});
  }
}

/** Rises and falls softly, so that it does not click. */
function tone(context: AudioContext, frequency: number, atS: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, atS);
  gain.gain.linearRampToValueAtTime(VOLUME, atS + 0.015);
  gain.gain.setValueAtTime(VOLUME, atS + TONE_S - 0.05);
  gain.gain.linearRampToValueAtTime(0, atS + TONE_S);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(atS);
  oscillator.stop(atS + TONE_S);
}
