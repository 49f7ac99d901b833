/** What foreign code may use. Whatever is more is cut off, and the reader is told so. */
export const limits = {
  /** How long code may run, in milliseconds. */
  time: 5_000,
  /** How long the sandbox may take to start before it is given up, in milliseconds. */
  start: 30_000,
  /** How many messages a run may send, and how many characters in one of them. */
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
  /** How many characters of a value written as text, and of a drawing’s markup. */
  textLength: 20_000,
  markupLength: 1_000_000,
  /** How many characters of code an address may carry. */
  codeLength: 100_000
} as const;
