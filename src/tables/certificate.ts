/** How often each outcome was found, by its name. */
export type Tally = Readonly<Record<string, number>>;

/** A file of the manifest: its place under `data/`, its size, its checksum and what it holds. */
export interface CertifiedFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly comment: string;
}

/** What `certificate.json` holds. */
export interface Certificate {
  readonly title: string;
  readonly version: string;
  /** The commit and its date, and whether files differed from it; null where there was no history to ask. */
  readonly checkout: {readonly commit: string; readonly date: string; readonly changed: boolean} | null;
  readonly node: string;
  /** The packages that compute, with the versions that the lockfile pins. */
  readonly packages: Readonly<Record<string, string>>;
  readonly results: {
    /** Checks of printed numbers and of relations between them, by verdict. */
    readonly checks: Tally;
    /** Printed numbers, each counted once, by verdict; those not checkable are marks on the axes of charts. */
    readonly numbers: Tally;
    /** Relations between numbers, and the form of what is printed, by verdict. */
    readonly relations: Tally;
    /** Numbers and comparisons of the report’s text, by verdict. */
    readonly claims: Tally;
    /** Errors of the report, by what they do to its conclusions. */
    readonly errata: Tally;
    /** Printed counts held against the respondents: in how many tables, how many, and how many the respondents have. */
    readonly counts: {readonly tables: number; readonly compared: number; readonly equal: number};
  };
  readonly manifest: {readonly raw: readonly CertifiedFile[]; readonly derived: readonly CertifiedFile[]};
}
