import {readFileSync} from "node:fs";
import http, {type IncomingMessage, type ServerResponse} from "node:http";
import {syncBuiltinESMExports} from "node:module";
import {join} from "node:path";
import {importedJson, observable} from "../framework.js";
import {root} from "../paths.js";
import {followByPath} from "./watch.js";

/** Framework's preview, following files by their paths. It serves no JSON that modules import; this adds it. */
followByPath("src");
const {createServer} = http;
http.createServer = (() => {
  const server = createServer();
  const {emit} = server;
  return Object.assign(server, {
    emit(event: string, ...args: [IncomingMessage, ServerResponse, Buffer?]) {
      const [request, response] = args;
      const [, file] = (event === "request" && importedJson.exec(request.url ?? "")) || [];
      if (!file) return Reflect.apply(emit, server, [event, ...args]) as boolean;
      response.setHeader("Content-Type", "text/javascript; charset=utf-8");
      response.end(`export default ${readFileSync(join(root, "src", file), "utf8")}`);
      return true;
    }
  });
}) as typeof createServer;
syncBuiltinESMExports();
await import(observable);
