import {readFileSync} from "node:fs";
import {dirname, join} from "node:path/posix";
import {type ImportExpression, type MemberExpression, type Node, type Pattern, parse} from "acorn";
import {ancestor, simple} from "acorn-walk";

/** A module that another one imports: which file, which of its exports (null: all), and where an `import()` stands. */
export interface Import {
  readonly file: string;
  readonly names: readonly string[] | null;
  /** Whether it is loaded only when the `import()` is come to. */
  readonly late: boolean;
  readonly start: number;
  readonly end: number;
}

/** The imports of a module of the site; `file` is its path. Only those of files of the site are given. */
export function importsOf(code: string, file: string): Import[] {
  const imports: Import[] = [];
  const add = (node: Node & {source?: Node | null}, names: readonly string[] | null, late = false) => {
    const {value} = (node.source ?? {}) as {value?: unknown};
    if (typeof value !== "string" || !value.startsWith(".")) return;
    imports.push({file: join(dirname(file), value), names, late, start: node.start, end: node.end});
  };
  const program = parse(code, {ecmaVersion: "latest", sourceType: "module"});
  ancestor(program, {
    ImportDeclaration(node) {
      const names = node.specifiers.map((specifier) => {
        if (specifier.type === "ImportDefaultSpecifier") return ["default"];
        if (specifier.type === "ImportSpecifier") return [nameOf(specifier.imported)];
        return membersOf(program, specifier.local.name);
      });
      add(node, allOf(names));
    },
    ExportNamedDeclaration(node) {
      add(
        node,
        node.specifiers.map(({local}) => nameOf(local))
      );
    },
    ExportAllDeclaration(node) {
      add(node, null);
    },
    ImportExpression(node: ImportExpression, _: unknown, parents: Node[]) {
      add(node, namesOf(taken(node, parents as Parent[])), true);
    }
  });
  return imports;
}

/** The modules that are loaded with those in `start`, and on the way to them; `late` includes what is loaded later. */
export function reach(folder: string, start: Iterable<string>, late = false): Set<string> {
  const reached = new Set(start);
  for (const file of reached) {
    for (const next of importsOfFile(folder, file)) if (late || !next.late) reached.add(next.file);
  }
  return reached;
}

/** What was read before, by path; a module's name carries a checksum, so that what is known of it stays true. */
const known = new Map<string, Import[]>();

/** The imports of a file of the site; libraries are taken as wholes, as their own packages hold what they import. */
export function importsOfFile(folder: string, file: string): Import[] {
  if (!file.startsWith("_import/")) return [];
  const path = join(folder, file);
  const imports = known.get(path) ?? importsOf(readFileSync(path, "utf8"), file);
  known.set(path, imports);
  return imports;
}

/** The members that are taken of a namespace; null when it is used in any other way. */
function membersOf(program: Node, name: string): string[] | null {
  const members = new Set<string>();
  let uses = 0;
  simple(program, {
    Identifier(node) {
      if ((node as unknown as {name: string}).name === name) uses++;
    },
    MemberExpression(node: MemberExpression) {
      const {object, property, computed} = node;
      if (object.type !== "Identifier" || object.name !== name) return;
      if (computed || property.type !== "Identifier") return;
      members.add(property.name);
      uses--;
    }
  });
  return uses === 0 ? [...members] : null;
}

type Parent = {type: string} & Partial<{
  id: Pattern;
  init: Node;
  argument: Node;
  arguments: Parent[];
  elements: Node[];
}>;

/** The pattern that takes an `import()` apart: `const {a} = await import()`, or its place in a `Promise.all`. */
function taken(node: Node, parents: readonly Parent[]): Pattern | null {
  const declarator = parents.findLast(({type}) => type === "VariableDeclarator");
  if (!declarator?.id) return null;
  const list = parents.findLast(({type}) => type === "ArrayExpression")?.elements;
  if (!list) return (declarator.init as Parent | undefined)?.argument === node ? declarator.id : null;
  return declarator.id.type === "ArrayPattern" ? (declarator.id.elements[list.indexOf(node)] ?? null) : null;
}

function namesOf(pattern: Pattern | null): string[] | null {
  if (pattern?.type !== "ObjectPattern") return null;
  const names = pattern.properties.map((property) =>
    property.type === "Property" && property.key.type === "Identifier" ? property.key.name : null
  );
  return names.every((name) => name !== null) ? names : null;
}

function nameOf(node: {type: string; name?: string; value?: unknown}): string {
  return node.name ?? String(node.value);
}

/** All the names in the lists, or null when one of them is. */
function allOf(lists: readonly (readonly string[] | null)[]): string[] | null {
  return lists.every((list) => list !== null) ? lists.flat() : null;
}
