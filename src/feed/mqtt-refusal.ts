import type { PlainError } from "../base/errors.ts";

/** What a broker's reason code means for who wants to connect. */
export interface MqttRefusal {
  /** Code `feed.mqtt-…` with `host`; its English sentence. */
  readonly problem: PlainError;
  /** Another try meets the same answer. */
  readonly isFinal: boolean;
  readonly isVersion: boolean;
}

interface Wording {
  readonly name: string;
  readonly codes: readonly number[];
  readonly isFinal?: true;
  readonly isVersion?: true;
  readonly sentence: (host: string) => string;
}

/** Reason codes of CONNACK and DISCONNECT, of MQTT 3.1.1 below 128 and of MQTT 5 from 128 on. */
const WORDINGS: readonly Wording[] = [
  {
    name: "version",
    codes: [1, 132],
    isVersion: true,
    isFinal: true,
    sentence: (host) => `${host} does not speak this version of MQTT.`,
  },
  {
    name: "client",
    codes: [2, 133],
    isFinal: true,
    sentence: (host) => `${host} does not accept the client id.`,
  },
  { name: "busy", codes: [3, 136, 137, 139], sentence: (host) => `${host} is busy or shutting down.` },
  {
    name: "password",
    codes: [4, 134],
    isFinal: true,
    sentence: (host) => `${host} does not accept the user name or password. Enter them again.`,
  },
  {
    name: "forbidden",
    codes: [5, 135, 138, 140],
    isFinal: true,
    sentence: (host) => `${host} does not let this user in. Enter a user name and password that may read.`,
  },
  {
    name: "taken",
    codes: [142],
    sentence: (host) => `${host} gave this session to another connection with the same client id.`,
  },
  {
    name: "quota",
    codes: [150, 151, 159],
    sentence: (host) => `${host} finds that too many messages or connections came.`,
  },
  {
    name: "moved",
    codes: [156, 157],
    isFinal: true,
    sentence: (host) => `${host} says that the broker has another address now.`,
  },
];

/** The meaning of a reason code; null for one that says nothing about whether to come back. */
export function refusalOf(code: unknown, { url }: { readonly url: string }): MqttRefusal | null {
  const wording = WORDINGS.find(({ codes }) => codes.includes(code as number));
  if (!wording) return null;
  const { host } = new URL(url);
  return {
    problem: { code: `feed.mqtt-${wording.name}`, message: wording.sentence(host), params: { host } },
    isFinal: wording.isFinal === true,
    isVersion: wording.isVersion === true,
  };
}
