import type { Container } from "./container.ts";
import type { StoreyPlan } from "./plan.ts";
import type { RoomKind } from "./room-program.ts";

export interface Room {
  readonly storey: StoreyPlan;
  readonly number: string;
  readonly name: string;
  readonly kind: RoomKind;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly height: number;
  readonly space: Container;
}
