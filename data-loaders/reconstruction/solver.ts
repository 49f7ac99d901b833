import loadHighs, {type Highs, type Model, type ModelData, type SparseMatrix} from "highs";

/** The HiGHS solver, compiled to WebAssembly. */
export type Solver = Highs;

/**
 * Loads a solver of its own, silent. It is deterministic: one thread, and no limit of time is ever set on it, since
 * where a limit strikes would depend on the machine.
 */
export function loadSolver(): Promise<Solver> {
  return loadHighs();
}

/** One linear condition on columns: their sum, each times its value, is `count`, or from `count` to `most`. */
export interface Condition {
  readonly cells: readonly number[];
  readonly values: readonly number[];
  readonly count: number;
  readonly most?: number;
}

/** An unknown of a program; if nothing else is said it costs nothing and is at least 0. */
export interface Unknown {
  readonly cost?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly integer?: boolean;
}

/** Writes conditions as a sparse matrix by rows, the form that the solver takes. */
export function matrixOf(rows: readonly Condition[], numCols: number): SparseMatrix {
  const starts = new Int32Array(rows.length + 1);
  for (const [index, {cells}] of rows.entries()) starts[index + 1] = (starts[index] as number) + cells.length;
  const indices = Int32Array.from(rows.flatMap(({cells}) => cells));
  const values = Float64Array.from(rows.flatMap((row) => row.values));
  return {format: "csr", numRows: rows.length, numCols, starts, indices, values};
}

/** A program as the solver takes it: to make the cost least, or with `maximise` greatest. */
export function modelOf(
  {constants, infinity}: Solver,
  columns: readonly Unknown[],
  rows: readonly Condition[],
  maximise = false
): ModelData {
  const {variableType, objectiveSense} = constants;
  return {
    numCols: columns.length,
    numRows: rows.length,
    sense: maximise ? objectiveSense.maximize : objectiveSense.minimize,
    colCost: Float64Array.from(columns, ({cost = 0}) => cost),
    colLower: Float64Array.from(columns, ({lower = 0}) => lower),
    colUpper: Float64Array.from(columns, ({upper = infinity}) => upper),
    rowLower: Float64Array.from(rows, ({count}) => count),
    rowUpper: Float64Array.from(rows, ({count, most = count}) => most),
    matrix: matrixOf(rows, columns.length),
    ...(columns.some(({integer}) => integer)
      ? {integrality: columns.map(({integer}) => (integer ? variableType.integer : variableType.continuous))}
      : {})
  };
}

/**
 * Solves a program and reads something from its solution; null where nothing meets its conditions. Throws where the
 * solver cannot tell, unless the options limit its search: then the best solution found is taken.
 */
export function solve<T>(
  solver: Solver,
  model: ModelData,
  read: (solving: Model) => T,
  options: Readonly<Record<string, number>> = {}
): T | null {
  return solver.withModel(model, (solving) => {
    solving.options.set({output_flag: false, ...options});
    solving.run();
    const {optimal, infeasible, unboundedOrInfeasible} = solver.constants.modelStatus;
    const status = solving.getModelStatus();
    if (status === infeasible || status === unboundedOrInfeasible) return null;
    if (status !== optimal && !("mip_max_nodes" in options))
      throw new Error(`The solver stopped with status ${status}.`);
    return read(solving);
  });
}
