/** What all modules of src/analysis export; scripts/sandbox.ts puts it together. */
declare module "sandbox:analysis" {
  const analysis: Readonly<Record<string, unknown>>;
  export = analysis;
}

/** The part of Framework’s library that modules use. */
declare module "observablehq:stdlib" {
  export function FileAttachment(path: string): {
    /** The address under which the file is published. */
    readonly href: string;
    arrayBuffer(): Promise<ArrayBuffer>;
  };
}
