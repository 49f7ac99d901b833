import type {Expression, Node, Pattern, PrivateIdentifier, SpreadElement, Statement, Super} from "acorn";
import {parse} from "./bundle-parse.js";

/**
 * What stands for `Function` in the published Arquero. Arquero writes small programs for its verbs and has them
 * compiled from text, which the pages' policy forbids (and rightly: see page.ts). This reads such a program and gives a
 * function made of closures, without any code being made from text.
 *
 * It knows what Arquero writes: expressions, arrow functions, `const`, `if`, `return` and blocks. Anything else is
 * refused with a SyntaxError that names it; pages are rendered with this very code before they are published, so a
 * page that needs more fails the build.
 */
export function makeFunction(...texts: string[]): (...values: unknown[]) => unknown {
  const params = texts.slice(0, -1);
  const text = texts.at(-1) ?? "";
  const program = parse(text);
  const scope = new Scope(params, null);
  const run = block(program.body as Statement[], scope);
  return (...values) => run([null, ...values]).value;
}

/** The values of a function's names, in the order of its scope; first of all the values around it. */
type Frame = unknown[];
type Run = (frame: Frame) => unknown;
type Step = (frame: Frame) => {value: unknown} | null;

class Scope {
  private readonly names: string[];

  constructor(
    names: readonly string[],
    private readonly outer: Scope | null
  ) {
    this.names = [...names];
  }

  declare(name: string): number {
    return this.names.push(name);
  }

  /** How many functions out a name is, and its place there; null when the program has no such name. */
  find(name: string): [number, number] | null {
    const place = this.names.lastIndexOf(name);
    if (place >= 0) return [0, place + 1];
    const [depth, at] = this.outer?.find(name) ?? [-1, -1];
    return depth < 0 ? null : [depth + 1, at];
  }
}

function block(statements: readonly Statement[], scope: Scope): (frame: Frame) => {value: unknown} {
  const steps = statements.map((node) => statement(node, scope));
  return (frame) => {
    for (const step of steps) {
      const returned = step(frame);
      if (returned) return returned;
    }
    return {value: undefined};
  };
}

function statement(node: Statement, scope: Scope): Step {
  switch (node.type) {
    case "ExpressionStatement": {
      const run = expression(node.expression, scope);
      return (frame) => {
        run(frame);
        return null;
      };
    }
    case "ReturnStatement": {
      const run = node.argument ? expression(node.argument, scope) : () => undefined;
      return (frame) => ({value: run(frame)});
    }
    case "VariableDeclaration": {
      const set = node.declarations.map(({id, init}) => {
        const run = init ? expression(init, scope) : () => undefined;
        const place = scope.declare(nameOf(id));
        return (frame: Frame) => {
          frame[place] = run(frame);
        };
      });
      return (frame) => {
        for (const one of set) one(frame);
        return null;
      };
    }
    case "BlockStatement": {
      const steps = node.body.map((inner) => statement(inner, scope));
      return (frame) => {
        for (const step of steps) {
          const returned = step(frame);
          if (returned) return returned;
        }
        return null;
      };
    }
    case "IfStatement": {
      const test = expression(node.test, scope);
      const then = statement(node.consequent, scope);
      const otherwise = node.alternate ? statement(node.alternate, scope) : () => null;
      return (frame) => (test(frame) ? then(frame) : otherwise(frame));
    }
    case "EmptyStatement":
      return () => null;
    default:
      return refuse(node);
  }
}

const globals: Readonly<Record<string, unknown>> = {
  Date,
  undefined,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY
};

function expression(node: Expression | PrivateIdentifier | Super | SpreadElement, scope: Scope): Run {
  switch (node.type) {
    case "Literal":
      return () => node.value;
    case "Identifier": {
      const [depth, place] = scope.find(node.name) ?? [-1, -1];
      if (depth === 0) return (frame) => frame[place];
      if (depth > 0) return (frame) => outward(frame, depth)[place];
      if (node.name in globals) return () => globals[node.name];
      throw new ReferenceError(`${node.name} is not defined`);
    }
    case "TemplateLiteral": {
      const parts = node.expressions.map((part) => expression(part, scope));
      const texts = node.quasis.map(({value}) => value.cooked ?? "");
      return (frame) => texts.reduce((text, next, i) => text + String(parts[i - 1]?.(frame)) + next);
    }
    case "MemberExpression": {
      const [object, key] = member(node, scope);
      return (frame) => Reflect.get(Object(object(frame)), key(frame));
    }
    case "CallExpression": {
      const values = node.arguments.map((value) => expression(value, scope));
      if (node.callee.type === "MemberExpression") {
        const [object, key] = member(node.callee, scope);
        return (frame) => {
          const self = object(frame);
          return apply(Reflect.get(Object(self), key(frame)), self, values, frame);
        };
      }
      const callee = expression(node.callee, scope);
      return (frame) => apply(callee(frame), undefined, values, frame);
    }
    case "ArrayExpression": {
      const items = node.elements.map((item) => (item ? expression(item, scope) : () => undefined));
      return (frame) => items.map((item) => item(frame));
    }
    case "ObjectExpression": {
      const entries = node.properties.map((property): [Run, Run] => {
        if (property.type !== "Property" || property.kind !== "init") return refuse(property);
        const {key} = property;
        const named = !property.computed && key.type === "Identifier";
        return [named ? () => key.name : expression(key, scope), expression(property.value, scope)];
      });
      return (frame) => Object.fromEntries(entries.map(([key, value]) => [key(frame), value(frame)]));
    }
    case "ArrowFunctionExpression": {
      const inner = new Scope(node.params.map(nameOf), scope);
      if (node.body.type === "BlockStatement") {
        const run = block(node.body.body, inner);
        return (frame) =>
          (...values: unknown[]) =>
            run([frame, ...values]).value;
      }
      const run = expression(node.body, inner);
      return (frame) =>
        (...values: unknown[]) =>
          run([frame, ...values]);
    }
    case "ConditionalExpression": {
      const [test, yes, no] = [node.test, node.consequent, node.alternate].map((part) => expression(part, scope));
      return (frame) => (test?.(frame) ? yes?.(frame) : no?.(frame));
    }
    case "LogicalExpression": {
      const [left, right] = [expression(node.left, scope), expression(node.right, scope)];
      if (node.operator === "&&") return (frame) => left(frame) && right(frame);
      if (node.operator === "||") return (frame) => left(frame) || right(frame);
      return (frame) => left(frame) ?? right(frame);
    }
    case "BinaryExpression": {
      const [left, right] = [expression(node.left, scope), expression(node.right, scope)];
      if (node.operator === "instanceof") {
        return (frame) => (left(frame) as object) instanceof (right(frame) as typeof Date);
      }
      const operate = operators[node.operator];
      // JavaScript’s own rules for operands of any kind: the type says numbers only to be allowed to write them down.
      return operate ? (frame) => operate(left(frame) as number, right(frame) as number) : refuse(node);
    }
    case "UnaryExpression": {
      const value = expression(node.argument, scope);
      if (node.operator === "!") return (frame) => !value(frame);
      if (node.operator === "-") return (frame) => -(value(frame) as number);
      if (node.operator === "+") return (frame) => +(value(frame) as number);
      if (node.operator === "~") return (frame) => ~(value(frame) as number);
      return node.operator === "typeof" ? (frame) => typeof value(frame) : refuse(node);
    }
    case "AssignmentExpression": {
      if (node.operator !== "=") return refuse(node);
      const value = expression(node.right, scope);
      if (node.left.type === "Identifier") {
        const [depth, place] = scope.find(node.left.name) ?? refuse(node.left);
        return (frame) => {
          const result = value(frame);
          outward(frame, depth)[place] = result;
          return result;
        };
      }
      if (node.left.type !== "MemberExpression") return refuse(node);
      const [object, key] = member(node.left, scope);
      return (frame) => {
        const result = value(frame);
        Reflect.set(Object(object(frame)), key(frame), result);
        return result;
      };
    }
    case "SequenceExpression": {
      const parts = node.expressions.map((part) => expression(part, scope));
      return (frame) => parts.map((part) => part(frame)).at(-1);
    }
    case "ParenthesizedExpression":
      return expression(node.expression, scope);
    default:
      return refuse(node);
  }
}

const operators: Readonly<Record<string, (a: number, b: number) => unknown>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "**": (a, b) => a ** b,
  // biome-ignore lint/suspicious/noDoubleEquals: it is what was written
  "==": (a, b) => a == b,
  // biome-ignore lint/suspicious/noDoubleEquals: it is what was written
  "!=": (a, b) => a != b,
  "===": (a, b) => a === b,
  "!==": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "&": (a, b) => a & b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
  "<<": (a, b) => a << b,
  ">>": (a, b) => a >> b,
  ">>>": (a, b) => a >>> b
};

type Member = Extract<Expression, {type: "MemberExpression"}>;

function member(node: Member, scope: Scope): [Run, (frame: Frame) => PropertyKey] {
  const {property} = node;
  const object = expression(node.object, scope);
  if (!node.computed && property.type === "Identifier") return [object, () => property.name];
  const key = expression(property, scope);
  return [object, (frame) => key(frame) as PropertyKey];
}

function apply(callee: unknown, self: unknown, values: readonly Run[], frame: Frame): unknown {
  if (typeof callee !== "function") throw new TypeError("what is called is no function");
  return Reflect.apply(
    callee,
    self,
    values.map((value) => value(frame))
  );
}

function outward(frame: Frame, depth: number): Frame {
  let found = frame;
  for (let i = 0; i < depth; i++) found = found[0] as Frame;
  return found;
}

function nameOf(pattern: Pattern): string {
  return pattern.type === "Identifier" ? pattern.name : refuse(pattern);
}

function refuse(node: Node): never {
  throw new SyntaxError(`“${node.type}” is not known here`);
}
