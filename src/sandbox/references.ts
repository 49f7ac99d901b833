import type {AnyNode, Program} from "acorn";
import {ancestor, simple} from "acorn-walk";

/** The names that a piece of code declares at its top, imported ones too. */
export function declaredNames({body}: Program): string[] {
  return declared(...body);
}

/** The names that a piece of code uses and does not declare: those it takes from other cells, and globals. */
export function freeNames(program: Program): Set<string> {
  const free = new Set<string>();
  const scopes = new Map<AnyNode, readonly string[]>();
  const namesOf = (node: AnyNode) => {
    const names = scopes.get(node) ?? scopeOf(node);
    scopes.set(node, names);
    return names;
  };
  const use = ({name}: {name: string}, _: unknown, path: readonly AnyNode[]) => {
    if (!path.some((node) => namesOf(node).includes(name))) free.add(name);
  };
  // A pattern is what is declared, and what `a = 1` gives a value to.
  ancestor(program, {Identifier: use, VariablePattern: use} as Parameters<typeof ancestor>[1]);
  return free;
}

/** The names that a node declares for what it holds. A `var` is taken for a `let`. */
function scopeOf(node: AnyNode): string[] {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return ["arguments", ...bound(node.id), ...node.params.flatMap(bound)];
    case "ClassDeclaration":
    case "ClassExpression":
      return bound(node.id);
    case "Program":
    case "BlockStatement":
    case "StaticBlock":
      return declared(...node.body);
    case "SwitchStatement":
      return node.cases.flatMap(({consequent}) => declared(...consequent));
    case "ForStatement":
      return declared(node.init);
    case "ForInStatement":
    case "ForOfStatement":
      return declared(node.left);
    case "CatchClause":
      return bound(node.param);
    default:
      return [];
  }
}

function declared(...nodes: readonly (AnyNode | null | undefined)[]): string[] {
  return nodes.flatMap((node) => {
    if (node?.type === "VariableDeclaration") return node.declarations.flatMap(({id}) => bound(id));
    if (node?.type === "ImportDeclaration") return node.specifiers.map(({local}) => local.name);
    return node?.type === "FunctionDeclaration" || node?.type === "ClassDeclaration" ? bound(node.id) : [];
  });
}

/** The names that a pattern gives values to. */
function bound(pattern: AnyNode | null | undefined): string[] {
  const names: string[] = [];
  const note = {VariablePattern: ({name}: {name: string}) => names.push(name)};
  // Its types lack the last parameter: as what the node is taken.
  if (pattern) (simple as (...args: unknown[]) => void)(pattern, note, undefined, undefined, "Pattern");
  return names;
}
