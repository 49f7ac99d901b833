import {type MemberKind, normal, scale} from "../../src/multiverse/ensemble.js";
import {seeded} from "../../src/statistics/random.js";
import {type Constraints, levelOf, pairKey, readConstraints, type SurveyCounts} from "../reconstruction/constraints.js";
import {random} from "../reconstruction/random.js";
import type {Columns} from "../reconstruction/verify.js";
import {type Block, blocks} from "./blocks.js";
import {type Slant, Walk} from "./moves.js";

/** What an ensemble is drawn from. */
export interface DrawInput extends SurveyCounts {
  /** A data set that prints the tables: where the walks start. */
  readonly columns: Columns;
  /** A kind a member; slanted ones come after the even ones. */
  readonly kinds: readonly MemberKind[];
  readonly seed: number;
  /** The standard deviation of the couplings of a slanted member. */
  readonly slant: number;
  /** Steps for each variable of a walk, before the first member and between members. */
  readonly burnIn: number;
  readonly thinning: number;
}

/** The blocks that walks were made on, and where they led. */
export type Drawn = ReturnType<typeof draw>;

/** Blocks of two variables need no walk: dealing one out within the answers to the other does all that can be done. */
export const needsWalk = (block: Block): boolean => block.variables.length > 2;

/**
 * Draws the members of an ensemble: on each block that needs it a walk of its own, from which a data set is taken every
 * so many steps. The respondents of a member are put in the order of their answers, and the blocks joined where the
 * answers to the hinge agree; which of them are joined is left to whoever deals the answers out.
 */
export function draw(input: DrawInput) {
  const constraints = readConstraints(input);
  const {variables} = constraints;
  const name = (variable: number) => variables[variable]?.name ?? "";
  const start = variables.map((variable) =>
    Int32Array.from(input.columns[variable.name] ?? [], (code) => levelOf(variable, code))
  );
  const walked = blocks(constraints).filter(needsWalk);
  const members = input.kinds.map(() => new Map<number, Int32Array>());
  const walks = walked.map((block, index) => {
    // Even members come from one long walk; each slanted one goes on from where the walk was, under its own weights.
    const generator = random(input.seed + index);
    const walk = new Walk(constraints, start, block.variables, generator);
    const run = (steps: number) => {
      for (let step = 0; step < steps * block.variables.length; step++) walk.step();
    };
    run(input.burnIn);
    input.kinds.forEach((kind, k) => {
      if (kind === "slanted")
        walk.slanted(drawSlant(constraints, walk.levels, block.variables, input.slant, input.seed + 1000 * k + index));
      run(input.thinning);
      const own = block.variables.map((variable) => walk.levels[variable] ?? new Int32Array());
      join(members[k] ?? new Map(), block, own, input.n);
    });
    return {
      variables: block.variables.map(name),
      hinge: block.hinge === null ? null : name(block.hinge),
      counts: walk.counts
    };
  });
  const stored = [...new Set(walked.flatMap((block) => block.variables))];
  const levels = stored.map((variable) => {
    const text = members.map((member) =>
      Array.from(member.get(variable) ?? [], (level) => level.toString(36)).join("")
    );
    return [name(variable), text.join("")];
  });
  return {
    walks,
    /** For each variable of a walk: the levels of all members' respondents, a digit to base 36 each. */
    levels: Object.fromEntries(levels) as Readonly<Record<string, string>>
  };
}

/** Adds a block's answers to a member, in an order that puts equal answers together. */
function join(member: Map<number, Int32Array>, block: Block, own: readonly Int32Array[], n: number): void {
  const hinge = block.hinge === null ? -1 : block.variables.indexOf(block.hinge);
  // Few levels first: equal answers then come in long runs.
  const by = own
    .map((levels, i) => ({levels, first: i === hinge, most: levels.reduce((a, b) => Math.max(a, b), 0)}))
    .sort((a, b) => Number(b.first) - Number(a.first) || a.most - b.most);
  const order = Array.from({length: n}, (_, person) => person).sort((a, b) => {
    for (const {levels} of by) {
      const difference = (levels[a] ?? 0) - (levels[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const held = block.hinge === null ? undefined : member.get(block.hinge);
  const places = Array.from({length: n}, (_, person) => person);
  if (held) places.sort((a, b) => (held[a] ?? 0) - (held[b] ?? 0) || a - b);
  block.variables.forEach((variable, i) => {
    if (variable === block.hinge && held) return;
    const levels = new Int32Array(n);
    order.forEach((person, at) => {
      levels[places[at] ?? 0] = own[i]?.[person] ?? 0;
    });
    member.set(variable, levels);
  });
}

/** Random scores for all answers and random couplings for all pairs of variables that no table crosses. */
function drawSlant(
  constraints: Constraints,
  levels: Walk["levels"],
  among: readonly number[],
  strength: number,
  seed: number
): Slant {
  const generator = seeded(seed);
  const inside = new Set(among);
  const scores = constraints.variables.map((_, v) => scale(levels[v] ?? [], generator));
  const couplings = constraints.variables.map(() => new Float64Array(constraints.variables.length));
  couplings.forEach((own, a) => {
    couplings.forEach((other, b) => {
      if (a >= b || !inside.has(a) || !inside.has(b) || constraints.crossed.has(pairKey(a, b))) return;
      own[b] = strength * normal(generator);
      other[a] = own[b];
    });
  });
  return {scores, couplings};
}
