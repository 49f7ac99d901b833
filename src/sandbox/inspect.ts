/**
 * A value written as text, much as it would be typed, with at most `length` characters and five levels deep; what is
 * left out is marked by “…”. Works for any value, cyclic ones and those that throw when they are looked at too.
 */
export function inspect(value: unknown, length: number): string {
  const budget = {left: length};
  const text = write(value, budget, [], 0);
  return text.length > length ? `${text.slice(0, length)} …` : text;
}

function write(value: unknown, budget: {left: number}, above: readonly object[], depth: number): string {
  if (budget.left <= 0) return "…";
  try {
    const text = typeof value === "object" && value !== null ? object(value, budget, above, depth) : primitive(value);
    budget.left -= text.length;
    return text;
  } catch {
    return "(cannot be shown)";
  }
}

function primitive(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 20_000 ? `${value.slice(0, 20_000)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `function ${value.name || "(no name)"}`;
  return Object.is(value, -0) ? "-0" : String(value);
}

function object(value: object, budget: {left: number}, above: readonly object[], depth: number): string {
  if (above.includes(value)) return "(itself)";
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return String(value);
  const inside = [...above, value];
  const part = (item: unknown) => write(item, budget, inside, depth + 1);
  if (value instanceof Map) {
    return `Map ${list(value, ([k, v]: [unknown, unknown]) => `${part(k)} => ${part(v)}`, "{}", budget, depth)}`;
  }
  if (value instanceof Set) return `Set ${list(value, part, "{}", budget, depth)}`;
  if (Array.isArray(value)) return list(value, part, "[]", budget, depth);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return `${value.constructor.name} ${list(value as unknown as Iterable<unknown>, part, "[]", budget, depth)}`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  const name = prototype === null || prototype === Object.prototype ? "" : `${value.constructor?.name ?? ""} `;
  const member = (key: string) => {
    const shown = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(key) ? key : JSON.stringify(key);
    return `${shown}: ${part((value as Record<string, unknown>)[key])}`;
  };
  return `${name}${list(Object.keys(value), member, "{}", budget, depth)}`;
}

/** Items between brackets, on one line where they fit and on a line each where they do not. */
function list<T>(
  items: Iterable<T>,
  part: (item: T) => string,
  brackets: "{}" | "[]",
  budget: {left: number},
  depth: number
): string {
  const [open, close] = brackets;
  const parts: string[] = [];
  for (const item of items) {
    if (depth >= 5 || budget.left <= 0) {
      parts.push("…");
      break;
    }
    parts.push(part(item));
  }
  const line = parts.join(", ");
  if (line.length <= 100 && !line.includes("\n")) return `${open}${line}${close}`;
  const indent = "  ".repeat(depth + 1);
  return `${open}\n${parts.map((text) => indent + text).join(",\n")}\n${"  ".repeat(depth)}${close}`;
}
