import {readFileSync, statSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, normalize} from "node:path";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml"
};

/**
 * A server as plain hosts are: it says when a file was changed and answers 304 to who has it already, and no more.
 * `sent` lists the paths whose contents it has sent.
 */
export async function plainHost(folder: string): Promise<{url: string; sent: string[]; close: () => void}> {
  const sent: string[] = [];
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const about = statSync(file, {throwIfNoEntry: false});
    if (!about?.isFile()) {
      response.writeHead(404).end("not found");
      return;
    }
    const etag = `"${about.size.toString(16)}-${Math.floor(about.mtimeMs).toString(16)}"`;
    const headers = {etag, "last-modified": about.mtime.toUTCString()};
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    sent.push(path);
    const type = types[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, {...headers, "content-type": type}).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as AddressInfo;
  return {url: `http://127.0.0.1:${port}`, sent, close: () => server.close()};
}
