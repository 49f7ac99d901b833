declare module "js-yaml" {
  /** The value of a YAML document of plain values. */
  function safeLoad(text: string, options?: {readonly schema: object}): unknown;
  const yaml: {readonly safeLoad: typeof safeLoad; readonly FAILSAFE_SCHEMA: object};
  export default yaml;
}
