// Runs before dev, build and test, so that a fresh clone needs no other command: installs the locked packages when
// they are not there yet, or when the lockfile is newer than what is there. Plain JavaScript: nothing is installed yet.
//
// It is `npm install` and not `npm ci`: that one refuses a lockfile made where the registry lacks the optional packages
// of other platforms. Versions are the locked ones all the same, and the lockfile is left as it is.
import {spawnSync} from "node:child_process";
import {statSync} from "node:fs";
import {fileURLToPath} from "node:url";

const modified = (path) => statSync(new URL(path, import.meta.url), {throwIfNoEntry: false})?.mtimeMs ?? 0;

if (modified("../node_modules/.package-lock.json") < modified("../package-lock.json")) {
  console.log("Installing the packages that package-lock.json names …");
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const {status} = spawnSync("npm", ["install", "--no-save", "--no-audit", "--no-fund"], {
    cwd,
    stdio: "inherit",
    shell: process.platform === "win32"
  });
  process.exitCode = status ?? 1;
  if (status !== 0) {
    console.error(
      "The packages could not be installed: connect to the network, and see that this folder can be written."
    );
  }
}
