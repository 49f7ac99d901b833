import {readdirSync} from "node:fs";
import {join} from "node:path";
import {root} from "../../scripts/paths.js";

/** A figure's example: a function of its own name that draws it from small, fixed data at a width. */
export interface Example {
  readonly file: string;
  readonly name: string;
  readonly draw: (width?: number) => Element;
}

const folder = join(root, "src/figures/examples/");

/** All examples in src/figures/examples, in the order of their files. */
export async function readExamples(): Promise<Example[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !["index.ts", "labels.ts"].includes(name));
  const modules = await Promise.all(
    files.sort().map(async (file) => [file, (await import(`${folder}${file}`)) as Record<string, unknown>] as const)
  );
  return modules.flatMap(([file, module]) =>
    Object.entries(module).flatMap(([name, draw]) =>
      typeof draw === "function" ? [{file: file.replace(/\.ts$/, ""), name, draw: draw as Example["draw"]}] : []
    )
  );
}
