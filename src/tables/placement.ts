/** How many may belong to a group when some people were sorted into one of several groups that they fit. */
export interface Placement {
  /** Those who can belong to nothing else, at least. */
  readonly least: number;
  /** Those who fit it at all, at most. */
  readonly most: number;
}

/**
 * The limits of a group of `placed` people, `mixed` people of the whole having been put in one group of several that
 * they fit, nobody knows in which: all of them may be in this group and fit another, or none of them in it and all fit
 * it. The whole is `total` people. Throws a RangeError for counts that are not within it.
 */
export function placement(placed: number, mixed: number, total: number): Placement {
  if (!(placed >= 0 && mixed >= 0 && placed <= total && mixed <= total)) {
    throw new RangeError(`${placed} placed and ${mixed} mixed people are not within ${total}`);
  }
  return {least: Math.max(0, placed - mixed), most: Math.min(total, placed + mixed)};
}
