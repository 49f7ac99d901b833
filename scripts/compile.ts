import {mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {pathToFileURL} from "node:url";
import {build} from "esbuild";
import {root} from "./paths.js";

/**
 * A script of the project with all of its own modules in one JavaScript file, for processes that must start at once.
 * Gives its path.
 */
export async function compile(entry: string): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    sourcemap: "inline",
    write: false,
    logLevel: "silent",
    outdir: root,
    plugins: [
      {
        name: "own-addresses",
        setup({onLoad}) {
          // What a module says of its own place stays true.
          onLoad({filter: /[\\/](scripts|data-loaders|src)[\\/].*\.ts$/}, ({path}) => {
            const own = JSON.stringify(pathToFileURL(path).href);
            return {contents: readFileSync(path, "utf8").replaceAll("import.meta.url", own), loader: "ts"};
          });
        }
      }
    ]
  });
  const file = join(root, "src/.observablehq/scripts", basename(entry).replace(/\.ts$/, ".mjs"));
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(`${file}.${process.pid}`, outputFiles[0]?.text ?? "");
  renameSync(`${file}.${process.pid}`, file);
  return file;
}

/** What esbuild finds wrong with code, each with its place; null where an error is about something else. */
export function codeProblems(error: unknown): string[] | null {
  type Found = {text: string; location: {file: string; line: number; column: number} | null};
  const {errors} = error as {errors?: readonly Found[]};
  return (
    errors?.map(({text, location}) =>
      location ? `${location.file}:${location.line}:${location.column + 1}\n  ${text}` : text
    ) ?? null
  );
}
