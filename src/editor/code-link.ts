import {tooDeep} from "../sandbox/cell-code.js";
import {limits} from "../sandbox/limits.js";

/** Code as a part of an address: compressed, in letters that addresses may hold. */
export async function encodeCode(code: string): Promise<string> {
  const stream = new Blob([code]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * The code that an address carries. Throws when none can be read, or when it is more than limits.ts allows: it is not
 * unpacked to its end then.
 */
export async function decodeCode(text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = unpacked.pipeThrough(new TextDecoderStream("utf-8", {fatal: true})).getReader();
  let code = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    code += part.value;
    if (code.length <= limits.codeLength) continue;
    await reader.cancel();
    throw new RangeError(`more than ${limits.codeLength} characters of code`);
  }
  const deep = tooDeep(code);
  if (deep) throw new RangeError(deep.message);
  return code;
}
