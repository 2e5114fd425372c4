import type { StateName } from "./words";
import { words } from "./words";

/** The facts that decide the state of a logger; times in Unix ms, NaN if there is none. */
export interface Standing {
  due: number;
  late: number;
  silent: number;
  /** A state that is no matter of time. */
  given: string | null;
  /** Whether maintenance is why something is missing, if it is. */
  isInMaintenance: boolean;
}

/** These don't hide that nothing comes any more. */
const yielding = ["ahead", "critical", "warning", "alarm", "error"];

/** The state at a moment. Without any time the logger was never seen. */
export function stateAt(standing: Standing, time: number, byTime = loggerAt(standing, time)): StateName {
  const isMissing = byTime === "late" || byTime === "silent" || byTime === "offline";
  if (standing.given && standing.given in words.states && !(yielding.includes(standing.given) && isMissing)) {
    return standing.given as StateName;
  }

  return isMissing && standing.isInMaintenance ? "maintenance" : byTime;
}

export const isUnknown = ({ due, late, silent }: Standing): boolean => Number.isNaN(due) && Number.isNaN(late) && Number.isNaN(silent);

function loggerAt(standing: Standing, time: number): StateName {
  const { due, late, silent } = standing;
  return isUnknown(standing) ? "never" : time >= silent ? "silent" : time >= late ? "late" : time >= due ? "due" : "fresh";
}
