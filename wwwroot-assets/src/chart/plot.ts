import type { Box, Drawn, Frame } from "./model";
import type { Heights } from "./scale";

/** Draws the values of a chart. */
export interface Plot {
  render(): Promise<void>;
  /** Other values, or another time. */
  show(drawn: Drawn[], frame: Frame): Promise<void>;
  /** The same values in a time that has moved on. */
  move(frame: Frame): Promise<void>;
  /** Colours or the room there is have changed. */
  restyle(): Promise<void>;
  /** Where values lie. */
  box(): Box;
  /** How high they lie. */
  heights(): Heights;
  dispose(): void;
}
