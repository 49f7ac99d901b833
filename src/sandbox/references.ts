import type {AnyNode, Pattern, Program} from "acorn";

/** The names that a piece of code declares at its top, imported ones too. */
export function declaredNames(program: Program): string[] {
  return program.body.flatMap((node) =>
    node.type === "ImportDeclaration" ? node.specifiers.map(({local}) => local.name) : declared(node)
  );
}

/** The names that a piece of code uses and does not declare: those it takes from other cells, and globals. */
export function freeNames(program: Program): Set<string> {
  const free = new Set<string>();
  visit(program, [new Set(declaredNames(program))], free);
  return free;
}

function visit(node: AnyNode, scopes: readonly ReadonlySet<string>[], free: Set<string>): void {
  if (node.type === "Identifier") {
    if (!scopes.some((scope) => scope.has(node.name))) free.add(node.name);
    return;
  }
  if (node.type === "ImportDeclaration") return;
  const own = scopeOf(node);
  const inside = own.length > 0 ? [...scopes, new Set(own)] : scopes;
  const named = "computed" in node && !node.computed;
  for (const [key, value] of Object.entries(node)) {
    // `a.b` and `{b: a}` use a and not b; `b: for (…)` and `break b` use nothing.
    if (named && (key === "property" || key === "key") && !("shorthand" in node && node.shorthand)) continue;
    if (key === "label") continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, inside, free);
  }
}

/** The names that a node declares for what it holds. A `var` is taken for a `let`. */
function scopeOf(node: AnyNode): string[] {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return ["arguments", ...(node.id ? [node.id.name] : []), ...node.params.flatMap(bound)];
    case "ClassDeclaration":
    case "ClassExpression":
      return node.id ? [node.id.name] : [];
    case "BlockStatement":
    case "StaticBlock":
      return node.body.flatMap(declared);
    case "SwitchStatement":
      return node.cases.flatMap(({consequent}) => consequent.flatMap(declared));
    case "ForStatement":
      return node.init ? declared(node.init) : [];
    case "ForInStatement":
    case "ForOfStatement":
      return declared(node.left);
    case "CatchClause":
      return node.param ? bound(node.param) : [];
    default:
      return [];
  }
}

function declared(node: AnyNode): string[] {
  if (node.type === "VariableDeclaration") return node.declarations.flatMap(({id}) => bound(id));
  return (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") && node.id ? [node.id.name] : [];
}

/** The names that a pattern gives values to. */
function bound(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((p) => bound(p.type === "RestElement" ? p.argument : p.value));
    case "ArrayPattern":
      return pattern.elements.flatMap((p) => (p ? bound(p) : []));
    case "RestElement":
      return bound(pattern.argument);
    case "AssignmentPattern":
      return bound(pattern.left);
    default:
      return [];
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
