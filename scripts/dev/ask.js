// Runs in the place of a data loader during `npm run dev`: asks the process that has all loaders in memory for the file,
// and writes it to standard output. Plain JavaScript, so that it starts at once.
import {spawnSync} from "node:child_process";
import {basename} from "node:path";

const [, , loader, ...args] = process.argv;
const params = new Map(args.map((arg) => arg.replace(/^--/, "").split("=")));
const name = basename(loader, ".ts").replace(/\[(\w+)\]/g, (_, param) => params.get(param));
if (/[\\/]data[\\/][^\\/]+$/.test(loader)) {
  const answer = await fetch(new URL(`make/${name}`, process.env.NAV_DEV));
  if (answer.ok) process.stdout.write(new Uint8Array(await answer.arrayBuffer()));
  else process.exitCode = 1;
} else {
  process.exitCode = spawnSync(process.execPath, ["--import", "tsx", loader, ...args], {stdio: "inherit"}).status ?? 1;
}
