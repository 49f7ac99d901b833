/** What foreign code may use. Whatever is more is cut off, and the reader is told so. */
export const limits = {
  /** How long code may run, in milliseconds. */
  time: 5_000,
  /** How long the sandbox may take to start before it is given up, in milliseconds. */
  start: 30_000,
  /** How many messages a run may send, and how many characters in all of them. */
  messages: 300,
  messageLength: 3_000_000,
  /** How many lines `console` writes, and how many characters a line. */
  lines: 200,
  lineLength: 2_000,
  /** How many results `display` shows. */
  outputs: 20,
  /** How much of a table is shown. */
  rows: 200,
  columns: 40,
  cellLength: 200,
  /** How many cells all tables of a run have, those that others span over included. */
  cells: 20_000,
  /** How many characters of a value written as text, and of a drawing’s markup. */
  textLength: 20_000,
  markupLength: 1_000_000,
  /** Of a drawing: its elements, how deep they are nested, and the characters of one tag (of a path, most of all). */
  elements: 20_000,
  depth: 60,
  tagLength: 100_000,
  /** How many elements a drawing has when what is referred to counts each time: marks on lines, patterns, copies. */
  copies: 50_000,
  /** How long the frame of a drawing may be silent, in milliseconds, before it is taken away. */
  silence: 4_000,
  /** How many characters of code an address may carry. */
  codeLength: 50_000,
  /** How deep code may be nested: readers of code call themselves for each level, and end with all else in the page. */
  nesting: 500
} as const;
