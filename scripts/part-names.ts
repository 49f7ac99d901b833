import {createHash} from "node:crypto";

/**
 * Names parts of a bundle by what they hold. The bundler’s own names also count where modules lie on this machine, so
 * that two builds of the same files would have different ones.
 *
 * `files` are texts by name; the parts among them are named `part-….js` and name each other, perhaps in a circle. Gives
 * the same files with other names, in names and texts. A part’s name depends on its text and on those of all parts that
 * it leads to.
 */
export function nameParts(files: ReadonlyMap<string, string>): Map<string, string> {
  const parts = [...files.keys()].filter((name) => partName.test(name));
  let hashes = new Map(parts.map((name) => [name, ""]));
  const renamed = (text: string) =>
    text.replaceAll(anyPart, (name) => (hashes.has(name) ? `part-${hashes.get(name)}.js` : name));
  // After as many rounds as there are parts, what each leads to has come through.
  for (const _ of parts) hashes = new Map(parts.map((name) => [name, hash(renamed(files.get(name) ?? ""))]));
  return new Map([...files].map(([name, text]) => [renamed(name), renamed(text)]));
}

const anyPart = /\bpart-[A-Z0-9]+\.js\b/g;
const partName = /^part-[A-Z0-9]+\.js$/;

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
}
