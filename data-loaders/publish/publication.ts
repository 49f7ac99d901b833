import type {Made, Output} from "../make/outputs.js";
import {about} from "../read/about.js";
import {archive} from "./archive.js";
import {writeCertificate} from "./certify.js";
import {writeCitation} from "./citation.js";
import {writeCodebookCsv, writeCodebookJson} from "./codebook-file.js";
import {csvName, hasCsv} from "./csv-copies.js";
import {packageDescriptor} from "./datapackage.js";
import {readme} from "./readme.js";
import {writeWorkbook} from "./workbook.js";

/** The names of the archive of everything, and of the workbook of all tables. */
export const archiveName = `${about.name}.zip`;
const workbookName = `${about.name}.xlsx`;

type Raw = ReadonlyMap<string, Uint8Array>;

/**
 * The files that are made from other published files, each after all that it is made from: the codebook, the
 * description of the data as a package, the archive of everything, and last the certificate, which has the checksums of
 * all others. `names` are the files that are made from the raw files.
 */
export function publication(names: readonly string[]): Readonly<Record<string, Output>> {
  // Where tables stand on this site is of no use elsewhere, and the archive has the raw files as they are.
  const data = names.filter((name) => !["places.json", "raw.zip"].includes(name));
  const csv = data.filter(hasCsv).map(csvName);
  const respondents = data.filter((name) => /^respondents.*\.arrow$/.test(name));
  const codebook = ["report.json", ...respondents];
  const described = [...csv, "codebook.csv", ...data, "codebook.json", "citation.json"];
  const packed = ["datapackage.json", ...described];
  const certified = [...described, "datapackage.json", workbookName, archiveName, "raw.zip", "places.json"];
  return {
    "citation.json": Object.assign(() => writeCitation(), {
      reads: () => [],
      code: ["data-loaders/publish/citation.ts"]
    }),
    "codebook.json": from(codebook, (files, raw) => writeCodebookJson(files, raw)),
    "codebook.csv": from(["codebook.json"], (files) => writeCodebookCsv(files)),
    "datapackage.json": from(described, (files, raw) => packageDescriptor(files, raw)),
    [workbookName]: from([...data.filter(hasCsv), "codebook.csv"], (files) => writeWorkbook(files)),
    [archiveName]: from(packed, (files, raw) => {
      const rawFiles = [...raw].map(([name, bytes]): [string, Uint8Array] => [`raw/${name}`, bytes]);
      // A tenth larger than it could be, in an eighth of the time.
      return archive(new Map([...files, ...rawFiles, ...readme(files)]), 4);
    }),
    "certificate.json": from(certified, (files, raw) => writeCertificate(files, raw))
  };
}

/** An output that is made from others, which are given by their names. */
function from(
  names: readonly string[],
  write: (files: ReadonlyMap<string, Uint8Array>, raw: Raw) => Uint8Array | Promise<Uint8Array>
): Output {
  const output = async (raw: Raw, made?: Made) => {
    if (!made) throw new Error("a file that is made from others needs them");
    const files = new Map<string, Uint8Array>();
    for (const name of names) files.set(name, await made(name));
    return write(files, raw);
  };
  return Object.assign(output, {from: names});
}
