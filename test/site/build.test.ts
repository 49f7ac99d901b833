import {existsSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {tableFromIPC} from "apache-arrow";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {copyProject, runScript} from "./workspace.js";

/** `npm run build` publishes what the raw files say now, whatever was built before, or nothing. */
describe("npm run build", () => {
  let project: ReturnType<typeof copyProject>;
  const dist = (path: string) => join(project.folder, "dist", path);
  const raw = () => join(project.folder, "data-loaders/raw/table-02.csv");
  const printed = () => {
    const table = tableFromIPC(readFileSync(dist("data/published.arrow")));
    return table
      .toArray()
      .find((row) => row.table === 2 && row.row === "small" && row.column === "aetat" && row.measure === "percent")
      ?.printed;
  };

  beforeAll(() => {
    project = copyProject();
  });
  afterAll(() => project.remove());

  test("builds the site with no network", async () => {
    const {code, output} = await runScript(project.folder, "build", {cutNetwork: true});
    expect(output).not.toMatch(/\bnpm:|jsdelivr|ENOTFOUND|fetch failed/);
    expect(code, output).toBe(0);
    expect(existsSync(dist("index.html"))).toBe(true);
    expect(printed()).toBe("19%");
  });

  test("never publishes what an earlier build computed", async () => {
    writeFileSync(raw(), readFileSync(raw(), "utf8").replace("Små kontor,Prosent,19%", "Små kontor,Prosent,18%"));
    const {code, output} = await runScript(project.folder, "build");
    expect(code, output).toBe(0);
    expect(printed()).toBe("18%");
  });

  test("stops at raw data that cannot be read, says why, and leaves the last site whole", async () => {
    writeFileSync(raw(), readFileSync(raw(), "utf8").replace("Små kontor,Prosent,18%", "Små kontor,Prosent,x18%"));
    const before = readFileSync(dist("index.html"));
    const {code, output} = await runScript(project.folder, "build");
    expect(code).toBe(1);
    expect(output).toContain("table-02.csv:3:3");
    expect(readFileSync(dist("index.html")).equals(before)).toBe(true);
    expect(printed()).toBe("18%");
    for (const left of ["dist.next", "dist.last"]) expect(existsSync(join(project.folder, left)), left).toBe(false);
  });
});
