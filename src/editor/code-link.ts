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
 * The code that an address carries. Throws when there is none that can be read, or more than limits.ts allows; what
 * would unpack to more than that is not unpacked to its end.
 */
export async function decodeCode(text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", {fatal: true});
  let code = "";
  for (;;) {
    const {done, value} = await reader.read();
    if (done) break;
    code += decoder.decode(value, {stream: true});
    if (code.length > limits.codeLength) {
      await reader.cancel();
      throw new RangeError(`more than ${limits.codeLength} characters of code`);
    }
  }
  code += decoder.decode();
  const deep = tooDeep(code);
  if (deep) throw new RangeError(deep.message);
  return code;
}
