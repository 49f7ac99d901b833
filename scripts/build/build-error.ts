/** A build that stops for a reason that its message names in full. */
export class BuildError extends Error {
  override name = "BuildError";
}
