import {type DeflateOptions, zipSync} from "fflate";

/**
 * Files as a zip archive, the same bytes for the same files: names in alphabetical order, and one date for all. The
 * archive format keeps local time, so the date is made of local parts. A lower `level` of compression takes less time.
 */
export function archive(
  files: ReadonlyMap<string, Uint8Array>,
  level: NonNullable<DeflateOptions["level"]> = 9
): Uint8Array {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), {level, mtime: new Date(2010, 0, 1)});
}
