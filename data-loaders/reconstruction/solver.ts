import loadHighs, {type Highs} from "highs";

/** The HiGHS solver, compiled to WebAssembly. */
export type Solver = Highs;

/**
 * Loads a solver of its own, silent. It is deterministic: one thread, and no limit of time is ever set on it, since
 * where a limit strikes would depend on the machine.
 */
export function loadSolver(): Promise<Solver> {
  return loadHighs();
}
