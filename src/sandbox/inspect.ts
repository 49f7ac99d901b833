/**
 * A value written as text, much as it would be typed, with at most `length` characters and five levels deep; what is
 * left out is marked by “…”. Works for any value, cyclic ones and those that throw when they are looked at too.
 */
export function inspect(value: unknown, length: number): string {
  let left = length;

  const write = (value: unknown, above: readonly object[]): string => {
    if (left <= 0) return "…";
    try {
      const text = typeof value === "object" && value !== null ? writeObject(value, above) : primitive(value);
      left -= text.length;
      return text;
    } catch {
      return "(cannot be shown)";
    }
  };

  const writeObject = (value: object, above: readonly object[]): string => {
    if (above.includes(value)) return "(itself)";
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof RegExp) return String(value);
    const part = (item: unknown) => write(item, [...above, value]);
    const entry = ([key, item]: [unknown, unknown]) => `${part(key)} => ${part(item)}`;
    if (value instanceof Map) return `Map ${list(value, entry, "{}", above.length)}`;
    if (value instanceof Set) return `Set ${list(value, part, "{}", above.length)}`;
    if (Array.isArray(value)) return list(value, part, "[]", above.length);
    const name = Object.getPrototypeOf(value)?.constructor?.name ?? "";
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return `${name} ${list(value as unknown as Iterable<unknown>, part, "[]", above.length)}`;
    }
    const member = (key: string) => {
      const shown = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(key) ? key : JSON.stringify(key);
      return `${shown}: ${part((value as Record<string, unknown>)[key])}`;
    };
    const members = list(Object.keys(value), member, "{}", above.length);
    return name === "" || name === "Object" ? members : `${name} ${members}`;
  };

  /** Items between brackets, on one line where they fit and on a line each where they do not. */
  const list = <T>(items: Iterable<T>, part: (item: T) => string, [open, close]: string, depth: number): string => {
    const parts: string[] = [];
    for (const item of items) {
      const isLeftOut = depth >= 5 || left <= 0;
      parts.push(isLeftOut ? "…" : part(item));
      if (isLeftOut) break;
    }
    const line = parts.join(", ");
    if (line.length <= 100 && !line.includes("\n")) return `${open}${line}${close}`;
    const indent = `\n${"  ".repeat(depth + 1)}`;
    return `${open}${indent}${parts.join(`,${indent}`)}\n${"  ".repeat(depth)}${close}`;
  };

  const text = write(value, []);
  return text.length > length ? `${text.slice(0, length)} …` : text;
}

function primitive(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 20_000 ? `${value.slice(0, 20_000)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `function ${value.name || "(no name)"}`;
  return Object.is(value, -0) ? "-0" : String(value);
}
