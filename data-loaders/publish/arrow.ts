import {
  Dictionary,
  Field,
  Float64,
  Int8,
  Int16,
  Int32,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray
} from "apache-arrow";

interface ColumnBase {
  readonly name: string;
  /** What the column holds, for people, in English. */
  readonly label: string;
  readonly description: string;
  /** The unit of a number, such as `respondents` or `percent points`. */
  readonly unit?: string;
  /** Anything else worth knowing about the column, as text. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A column of a file to be published: its values and what they mean. Null is a missing value. */
export type Column = ColumnBase &
  (
    | {readonly type: "integer" | "number"; readonly values: readonly (number | null)[]}
    | {readonly type: "text"; readonly values: readonly (string | null)[]}
    /**
     * Codes out of a list; they are stored as a dictionary in the list's order, which is the codebook's. A narrow column
     * takes one byte a value instead of two, and a list of 127 codes at most.
     */
    | {
        readonly type: "category";
        readonly values: readonly (string | null)[];
        readonly codes: readonly string[];
        readonly narrow?: true;
      }
  );

/** Said of a whole file: its title, its source, the checksums of what it was made from, its licence. */
export type FileMetadata = Readonly<
  Record<"title" | "description" | "source" | "section" | "licence" | "inputs", string>
>;

/**
 * The columns as the bytes of an Arrow file (IPC file format, also known as Feather version 2).
 *
 * The same columns give the same bytes. Throws when columns differ in length, a name comes twice, a code is not in its
 * list, an integer is none or takes more than 32 bits, or a label or description is missing: no column leaves the
 * project without them.
 */
export function writeArrow(columns: readonly Column[], metadata: FileMetadata): Uint8Array {
  const length = columns[0]?.values.length ?? 0;
  const names = new Set<string>();
  for (const {name, label, description, values} of columns) {
    if (values.length !== length) throw new Error(`column ${name} has ${values.length} values, expected ${length}`);
    if (names.has(name)) throw new Error(`two columns are named ${name}`);
    if (!label || !description) throw new Error(`column ${name} has no label or no description`);
    names.add(name);
  }
  // Dictionaries are numbered by column, where the library would number them by a counter that differs between runs.
  const vectors = columns.map((column, id) => writeVector(column, id));
  const fields = columns.map(
    (column, i) => new Field(column.name, vectors[i]?.type, true, new Map(Object.entries(fieldMetadata(column))))
  );
  const schema = new Schema(fields, new Map(Object.entries(metadata)));
  const struct = makeData({
    type: new Struct(fields),
    length,
    nullCount: 0,
    children: vectors.flatMap((vector) => vector.data)
  });
  return tableToIPC(new Table(schema, [new RecordBatch(schema, struct)]), "file");
}

function writeVector(column: Column, id: number): Vector {
  if (column.type === "category") return writeCategories(column, id);
  const {name, type, values} = column;
  // An Int32Array would take half of it, or wrap it round, and say nothing.
  const wrong = type === "integer" ? values.find((value) => value !== null && value !== (value | 0)) : undefined;
  if (wrong !== undefined) throw new Error(`column ${name} holds ${wrong}, no 32-bit integer`);
  const types = {integer: Int32, number: Float64, text: Utf8};
  return vectorFromArray(values as readonly (string | null)[], new types[type]() as Utf8);
}

function writeCategories(
  {name, values, codes, narrow}: Extract<Column, {type: "category"}>,
  id: number
): Vector<Dictionary<Utf8, Int8 | Int16>> {
  const most = narrow ? 127 : 32_767;
  if (codes.length > most) throw new Error(`column ${name} has ${codes.length} codes, more than ${most}`);
  const indexOf = new Map(codes.map((code, i) => [code, i]));
  const indices = narrow ? new Int8Array(values.length) : new Int16Array(values.length);
  const valid = new Uint8Array(Math.ceil(values.length / 64) * 8);
  let nullCount = 0;
  for (const [i, value] of values.entries()) {
    if (value === null) {
      nullCount++;
      continue;
    }
    const index = indexOf.get(value);
    if (index === undefined) throw new Error(`column ${name} holds “${value}”, which is not in its list of codes`);
    indices[i] = index;
    valid[i >> 3] = (valid[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return makeVector(
    makeData({
      type: new Dictionary<Utf8, Int8 | Int16>(new Utf8(), narrow ? new Int8() : new Int16(), id),
      length: values.length,
      nullCount,
      nullBitmap: nullCount > 0 ? valid : null,
      data: indices,
      dictionary: vectorFromArray([...codes], new Utf8())
    })
  );
}

function fieldMetadata(column: Column): Record<string, string> {
  return {
    label: column.label,
    description: column.description,
    ...(column.unit ? {unit: column.unit} : {}),
    ...(column.type === "category" ? {categories: column.codes.join(" ")} : {}),
    ...column.metadata
  };
}
