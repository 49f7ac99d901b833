import {readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import type {Plugin} from "esbuild";

const lookup = JSON.stringify(fileURLToPath(new URL("compiled-lookup.ts", import.meta.url)));

/**
 * Arquero compiles expressions with `Function`, which the page policy forbids (uwdata/arquero#361). What a page
 * compiles is recorded when its cells run at build time, published as plain functions in the page's script, and looked
 * up by its text.
 */
export const compiledPlugin: Plugin = {
  name: "compiled",
  setup({onLoad}) {
    onLoad({filter: /[\\/]arquero[\\/]src[\\/](expression[\\/](compile|compare)|util[\\/]unroll)\.js$/}, ({path}) => {
      const text = readFileSync(path, "utf8");
      const changed = text.replaceAll(/\bFunction\(/g, "compiled(");
      if (changed === text) throw new Error(`${path} no longer calls Function: see scripts/build/compiled.ts`);
      return {contents: `import {compiled} from ${lookup};\n${changed}`, loader: "js"};
    });
  }
};

/** The line of the shared script by which a page's script hands over its functions. */
export const exportKnow = `export {know} from ${lookup};`;

/** Compiles for the cells of a page while it is rendered, and notes every text. */
export function recordCompiled(): {compileAtBuild: (text: string) => unknown; texts: () => string[]} {
  const noted = new Set<string>();
  return {
    compileAtBuild: (text) => {
      noted.add(text);
      return Function(`return ${text}`)();
    },
    texts: () => [...noted].sort()
  };
}

/** A page's script with the functions that its cells need; `site` is how it imports the shared script. */
export function withCompiled(script: string, site: string, texts: readonly string[]): string {
  if (texts.length === 0) return script;
  return `import{know as knowCompiled}from${JSON.stringify(site)};knowCompiled([${texts.join(",\n")}]);\n${script}`;
}
