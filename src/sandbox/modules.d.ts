/** What all modules of src/analysis export; scripts/sandbox.ts puts it together. */
declare module "sandbox:analysis" {
  const analysis: Readonly<Record<string, unknown>>;
  export = analysis;
}
