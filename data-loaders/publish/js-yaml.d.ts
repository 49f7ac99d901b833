declare module "js-yaml" {
  /** The value of a YAML document of plain values. */
  function safeLoad(text: string): unknown;
  const yaml: {readonly safeLoad: typeof safeLoad};
  export default yaml;
}
