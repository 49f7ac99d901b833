import type {
  ArrowFunctionExpression,
  BlockStatement,
  CallExpression,
  ConditionalExpression,
  Expression,
  FunctionExpression,
  Identifier,
  Literal,
  MemberExpression,
  Node,
  Pattern,
  Program,
  Property,
  Statement,
  TemplateElement,
  TemplateLiteral
} from "acorn";

/**
 * What stands for Acorn in the published Arquero, which reads the small functions that are given to its verbs. The
 * whole of Acorn is a tenth of what a chapter weighs, and no verb takes classes, loops or modules.
 *
 * It reads expressions, functions, `const`, `let`, `if`, `return` and blocks, and gives the nodes that Acorn gives
 * (ESTree, with `start`, `end` and `raw`). Anything else is refused with a SyntaxError that names it and where it
 * stands. What is read comes from functions that the browser has read before, so what is wrong in JavaScript is not
 * looked for; what is right and read here is read as Acorn does (test/scripts/bundle-parse.test.ts).
 */
export function parse(text: string): Program {
  return new Reader(text).program();
}

const space = /(?:\s|\/\/[^\r\n]*|\/\*.*?\*\/)*/sy;
const word = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const number =
  /(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)n?/y;
const quoted = /(["'])(?:\\(?:\r\n|.)|(?!\1)[^\\\r\n])*\1/sy;
const quasi = /(?:\\.|\$(?!\{)|[^\\`$])*/sy;
const regex = /\/((?:\\.|\[(?:\\.|[^\\\]\r\n])*\]|[^\\/[\r\n])+)\/([a-z]*)/y;
const sign = /\.{3}|=>|[=!]==?|(?:\*\*|>>>?|<<|&&|\|\||\?\?)=?|\?\.(?!\d)|\+\+|--|[-+*/%&|^<>]=|./sy;

/** How strongly operators with two sides hold; of those that hold equally, the first is done first, but for `**`. */
const strength: Readonly<Record<string, number>> = {
  ...{"??": 1, "||": 2, "&&": 3, "|": 4, "^": 5, "&": 6, "==": 7, "!=": 7, "===": 7, "!==": 7},
  ...{"<": 8, ">": 8, "<=": 8, ">=": 8, in: 8, instanceof: 8, "<<": 9, ">>": 9, ">>>": 9},
  ...{"+": 10, "-": 10, "*": 11, "/": 11, "%": 11, "**": 12}
};
const logical = new Set(["??", "||", "&&"]);
const unary = new Set(["+", "-", "!", "~", "typeof", "void", "delete"]);
/** Words that are no names; those that are read at all are read before a name is looked for. */
const reserved = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends finally for " +
    "function if import in instanceof new return super switch this throw try typeof var void while with yield"
  ).split(" ")
);
const constants: Readonly<Record<string, boolean | null>> = {true: true, false: false, null: null};
const isReserved = (name: string) => reserved.has(name) || Object.hasOwn(constants, name);

class Reader {
  /** What is read so far; what is next may still have space before it. */
  private at = 0;
  /** Where the last sign or word that was read ended. */
  private end = 0;

  constructor(private readonly text: string) {}

  program(): Program {
    const body: Statement[] = [];
    while (this.next() !== "") body.push(this.statement());
    return {type: "Program", start: 0, end: this.text.length, body, sourceType: "script"};
  }

  private statement(): Statement {
    const start = this.start();
    if (this.next() === "{") return this.block();
    if (this.took(";")) return this.node("EmptyStatement", start, {});
    if (this.took("if")) {
      this.take("(");
      const test = this.expression();
      this.take(")");
      const consequent = this.statement();
      const alternate = this.took("else") ? this.statement() : null;
      return this.node("IfStatement", start, {test, consequent, alternate});
    }
    if (this.took("return")) {
      const argument = this.isEnd() ? null : this.expression();
      this.finish();
      return this.node("ReturnStatement", start, {argument});
    }
    const kind = (["const", "let", "var"] as const).find((each) => this.took(each));
    if (kind) {
      const declarations = [this.declarator()];
      while (this.took(",")) declarations.push(this.declarator());
      this.finish();
      return this.node("VariableDeclaration", start, {declarations, kind});
    }
    const expression = this.expression();
    this.finish();
    return this.node("ExpressionStatement", start, {expression});
  }

  private block(): BlockStatement {
    const start = this.start();
    this.take("{");
    const body: Statement[] = [];
    while (!this.took("}")) body.push(this.statement());
    return this.node("BlockStatement", start, {body});
  }

  private declarator() {
    const start = this.start();
    const id = this.patternAlone();
    const init = this.took("=") ? this.single() : null;
    return this.node("VariableDeclarator", start, {id, init});
  }

  private expression(): Expression {
    const start = this.start();
    const expressions = [this.single()];
    while (this.took(",")) expressions.push(this.single());
    const [only] = expressions;
    return only && expressions.length === 1 ? only : this.node("SequenceExpression", start, {expressions});
  }

  /** An expression without commas. */
  private single(): Expression {
    const start = this.start();
    const arrow = this.arrow();
    if (arrow) return arrow;
    const left = this.binary(0);
    if (this.took("?")) {
      const consequent = this.single();
      this.take(":");
      return this.node<ConditionalExpression>("ConditionalExpression", start, {
        test: left,
        consequent,
        alternate: this.single()
      });
    }
    if (this.next() !== "=") return left;
    if (left.type !== "Identifier" && left.type !== "MemberExpression") return this.refuse();
    this.take("=");
    return this.node("AssignmentExpression", start, {operator: "=", left, right: this.single()});
  }

  /** An arrow function; null, with nothing read, when there is none here. */
  private arrow(): ArrowFunctionExpression | null {
    const start = this.start();
    const params = this.arrowParams();
    if (!params) {
      this.at = start;
      return null;
    }
    this.take("=>");
    const expression = this.next() !== "{";
    const body = expression ? this.single() : this.block();
    return this.node("ArrowFunctionExpression", start, {
      ...{id: null, expression, generator: false, async: false},
      ...{params, body}
    });
  }

  private arrowParams(): Pattern[] | null {
    if (this.next() !== "(") {
      const start = this.start();
      const name = this.match(word);
      return name && this.next() === "=>" ? [this.node<Identifier>("Identifier", start, {name})] : null;
    }
    try {
      const params = this.params();
      return this.next() === "=>" ? params : null;
    } catch {
      // What is no list of names may still be an expression, or is refused as one.
      return null;
    }
  }

  private params(): Pattern[] {
    this.take("(");
    return this.list(")", () => this.pattern());
  }

  /** What comes before `close`, with commas between. */
  private list<T>(close: string, read: () => T): T[] {
    const items: T[] = [];
    while (!this.took(close)) {
      items.push(read());
      if (this.next() !== close) this.take(",");
    }
    return items;
  }

  /** A name, or a pattern that takes an object or a list apart, perhaps with a default. */
  private pattern(): Pattern {
    const start = this.start();
    if (this.took("...")) return this.node("RestElement", start, {argument: this.pattern()});
    const left = this.patternAlone();
    return this.took("=") ? this.node("AssignmentPattern", start, {left, right: this.single()}) : left;
  }

  private patternAlone(): Pattern {
    const start = this.start();
    if (this.took("[")) {
      const elements = this.list("]", () => (this.next() === "," ? null : this.pattern()));
      return this.node("ArrayPattern", start, {elements});
    }
    if (!this.took("{")) return this.name();
    const properties = this.list("}", () => this.property<Pattern>(() => this.pattern()));
    return this.node("ObjectPattern", start, {properties}) as Pattern;
  }

  /** A property of an object or of a pattern, as `read` reads its value. */
  private property<T extends Expression | Pattern>(read: () => T): Node {
    const start = this.start();
    // What reads values and patterns reads their three dots too.
    if (this.next() === "...") return read();
    const [computed, key] = this.key();
    const shorthand = this.next() !== ":";
    if (shorthand && (computed || key.type !== "Identifier" || isReserved(key.name))) return this.refuse();
    if (!shorthand) this.take(":");
    let value = shorthand ? (key as T) : read();
    if (shorthand && this.next() === "=") {
      this.at = start;
      value = read();
    }
    return this.node<Property>("Property", start, {
      ...{method: false, shorthand, computed},
      ...{key, kind: "init", value: value as Expression}
    });
  }

  private key(): [boolean, Expression] {
    if (this.took("[")) {
      const key = this.single();
      this.take("]");
      return [true, key];
    }
    const named = Object.hasOwn(constants, this.next());
    return [false, (named ? null : this.literal()) ?? this.name(true)];
  }

  private binary(weakest: number): Expression {
    const start = this.start();
    let left = this.unary();
    for (;;) {
      const operator = this.next();
      const held = Object.hasOwn(strength, operator) ? (strength[operator] ?? 0) : 0;
      if (held <= weakest) return left;
      this.take(operator);
      const right = this.binary(operator === "**" ? held - 1 : held);
      const type = logical.has(operator) ? "LogicalExpression" : "BinaryExpression";
      left = this.node<Expression>(type, start, {operator, left, right});
    }
  }

  private unary(): Expression {
    const start = this.start();
    const operator = this.next();
    if (!unary.has(operator)) return this.calls();
    this.take(operator);
    return this.node<Expression>("UnaryExpression", start, {operator, prefix: true, argument: this.unary()});
  }

  /** A value with the members that are taken and the calls that are made of it. */
  private calls(): Expression {
    const start = this.start();
    let value = this.value();
    for (;;) {
      if (this.took(".")) value = this.member(start, value, false, this.name(true));
      else if (this.took("[")) {
        const property = this.expression();
        this.take("]");
        value = this.member(start, value, true, property);
      } else if (this.took("(")) {
        value = this.node<CallExpression>("CallExpression", start, {
          ...{callee: value, optional: false},
          arguments: this.list(")", () => this.item())
        });
      } else if (["?.", "++", "--", "`"].includes(this.next())) return this.refuse();
      else return value;
    }
  }

  private member(start: number, object: Expression, computed: boolean, property: Expression): MemberExpression {
    return this.node("MemberExpression", start, {object, property, computed, optional: false});
  }

  /** A value in a list, perhaps one that stands for several. */
  private item(): Expression {
    const start = this.start();
    if (!this.took("...")) return this.single();
    return this.node<Expression>("SpreadElement" as Expression["type"], start, {argument: this.single()});
  }

  private value(): Expression {
    const start = this.start();
    const literal = this.literal();
    if (literal) return literal;
    if (this.next() === "`") return this.template();
    if (this.took("(")) {
      const inner = this.expression();
      this.take(")");
      return inner;
    }
    if (this.took("[")) {
      const elements = this.list("]", () => (this.next() === "," ? null : this.item()));
      return this.node("ArrayExpression", start, {elements});
    }
    if (this.took("{")) {
      const properties = this.list("}", () => this.property<Expression>(() => this.item()));
      return this.node<Expression>("ObjectExpression", start, {properties});
    }
    if (this.took("function")) {
      const id = this.next() === "(" ? null : this.name();
      return this.node<FunctionExpression>("FunctionExpression", start, {
        ...{id, expression: false, generator: false, async: false},
        ...{params: this.params(), body: this.block()}
      });
    }
    return this.name();
  }

  /** A number, a text, a pattern of texts, `true`, `false` or `null`; null when there is none here. */
  private literal(): Literal | null {
    const start = this.start();
    const next = this.next();
    if (Object.hasOwn(constants, next)) {
      this.take(next);
      return this.node("Literal", start, {value: constants[next] ?? null, raw: next});
    }
    if (/^[\d.]/.test(next) && next !== "...") {
      const raw = this.match(number);
      if (raw) {
        if (this.match(word)) return this.refuse();
        const plain = raw.replaceAll("_", "");
        if (!raw.endsWith("n")) return this.node("Literal", start, {value: Number(plain), raw});
        const value = BigInt(plain.slice(0, -1));
        return this.node("Literal", start, {value, raw, bigint: String(value)});
      }
    }
    if (next === '"' || next === "'") {
      const raw = this.match(quoted) ?? this.refuse();
      return this.node("Literal", start, {value: this.cooked(raw.slice(1, -1)), raw});
    }
    if (next.startsWith("/")) {
      const raw = this.match(regex) ?? this.refuse();
      const [, pattern = "", flags = ""] = /^\/(.*)\/([a-z]*)$/.exec(raw) ?? [];
      return this.node("Literal", start, {value: new RegExp(pattern, flags), raw, regex: {pattern, flags}});
    }
    return null;
  }

  private template(): TemplateLiteral {
    const start = this.start();
    this.take("`");
    const quasis: TemplateElement[] = [];
    const expressions: Expression[] = [];
    for (;;) {
      const from = this.at;
      const raw = (this.match(quasi) ?? "").replaceAll(/\r\n?/g, "\n");
      const tail = this.text[this.at] === "`";
      quasis.push(this.node("TemplateElement", from, {value: {raw, cooked: this.cooked(raw)}, tail}));
      if (tail) break;
      this.at += "${".length;
      expressions.push(this.expression());
      this.take("}");
    }
    this.take("`");
    return this.node("TemplateLiteral", start, {expressions, quasis});
  }

  private name(any = false): Identifier {
    const start = this.start();
    const name = this.match(word);
    if (name === null || (!any && isReserved(name))) {
      this.at = start;
      return this.refuse();
    }
    return this.node("Identifier", start, {name});
  }

  /** What a text says, its escapes resolved. */
  private cooked(raw: string): string {
    return raw.replaceAll(/\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|.))/gis, (_, ...found: string[]) => {
      const code = found[0] ?? found[1] ?? found[2];
      if (code) return String.fromCodePoint(Number.parseInt(code, 16));
      const after = found[3] ?? "";
      if (/[1-9ux]/.test(after)) return this.refuse();
      return escapes[after] ?? after;
    });
  }

  /** The next sign or word, which is not read yet; empty at the end. */
  private next(): string {
    const start = this.start();
    const end = this.end;
    const found = this.match(word) ?? this.match(sign) ?? "";
    this.at = start;
    this.end = end;
    return found;
  }

  private took(token: string): boolean {
    if (this.next() !== token) return false;
    this.at += token.length;
    this.end = this.at;
    return true;
  }

  private take(token: string): void {
    if (!this.took(token)) this.refuse(`, where “${token}” was expected`);
  }

  /** Where the next sign or word begins. */
  private start(): number {
    this.match(space);
    return this.at;
  }

  private isEnd(): boolean {
    return ["", ";", "}"].includes(this.next()) || /[\r\n\u2028\u2029]/.test(this.text.slice(this.end, this.at));
  }

  /** The end of a statement: a semicolon, or where one may be left out. */
  private finish(): void {
    if (!this.took(";") && !this.isEnd()) this.refuse();
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) return null;
    this.at += found.length;
    if (pattern !== space) this.end = this.at;
    return found;
  }

  private node<T extends Node>(type: T["type"], start: number, fields: object): T {
    return {type, start, end: this.end, ...fields} as T;
  }

  private refuse(instead = ""): never {
    const found = this.next();
    throw new SyntaxError(`${found ? `“${found}”` : "the end"} at ${this.at} is not known here${instead}`);
  }
}

const escapes: Readonly<Record<string, string>> = {
  ...{n: "\n", t: "\t", r: "\r", b: "\b", v: "\v", f: "\f", "0": "\0"},
  ...{"\n": "", "\r\n": "", "\r": "", "\u2028": "", "\u2029": ""}
};
