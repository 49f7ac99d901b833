import type {Block, BlockCell} from "./blocks.js";
import type {PastedMeasure} from "./words.js";

const kept = new WeakMap<Block, Map<string, unknown>>();

/** What follows from a block alone, made once. */
export function once<T>(block: Block, name: string, make: () => T): T {
  const own = kept.get(block) ?? new Map<string, unknown>();
  kept.set(block, own);
  if (!own.has(name)) own.set(name, make());
  return own.get(name) as T;
}

/** The first number of a measure at a place of a block. */
export function cellAt(block: Block, measure: PastedMeasure, r: number, c: number): BlockCell | undefined {
  const keyed = once(
    block,
    "cells",
    () => new Map(block.cells.toReversed().map((x) => [`${x.measure} ${x.r} ${x.c}`, x]))
  );
  return keyed.get(`${measure} ${r} ${c}`);
}
