import {maker, outputs} from "../../data-loaders/make/outputs.js";
import {readRawFolder} from "../../data-loaders/read/raw.js";

/** The raw files of the project. */
export const raw = readRawFolder();

/** Every published file of the project, as its outputs make it, each once. */
export const made = maker(raw);

/** The names of all published files. */
export const names = Object.keys(outputs);

/** A file of `data/` by its path: a raw file or a published one. */
export async function fileAt(path: string): Promise<Uint8Array> {
  const name = path.replace(/^raw\//, "");
  return (name === path ? undefined : raw.get(name)) ?? made(path);
}

/** A published file as text. */
export async function text(name: string): Promise<string> {
  return new TextDecoder("utf-8", {fatal: true}).decode(await made(name));
}
