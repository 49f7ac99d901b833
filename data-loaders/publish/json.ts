/** A value as the bytes of a JSON file. */
export function writeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
}

/** What a JSON file among some files holds. Throws when it is not there. */
export function readJson<T>(files: ReadonlyMap<string, Uint8Array>, name: string): T {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`there is no ${name}`);
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
}
