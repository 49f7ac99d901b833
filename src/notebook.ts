import {FileAttachment, Generators} from "observablehq:stdlib";
import type {ColumnTable} from "arquero";
import {type Chapter, type ChapterFiles, type ChapterParts, chapterParts} from "./components/chapter.js";
import {readTable} from "./components/data.js";
import {observeLanguage} from "./components/language.js";

/**
 * The one import of every notebook: Arquero’s helpers, the report’s data, figures, statistics, and numbers in words. A
 * cell computes with Arquero’s verbs and hands its result to a figure and to the printed table beside it.
 */
export {desc, from, op, rolling} from "arquero";
export {choice} from "./components/choice.js";
export {errataList} from "./components/errata.js";
export {exactnessTable} from "./components/exactness.js";
export {figure} from "./components/figure.js";
export {findings} from "./components/findings.js";
export {listing} from "./components/table.js";
export {tableRegister} from "./components/table-register.js";
export {agreement} from "./figures/agreement.js";
export {coefficients} from "./figures/coefficients.js";
export {constraintGraph} from "./figures/constraint-graph.js";
export {cumulativeCurves, cumulativePanels} from "./figures/cumulative.js";
export {determination} from "./figures/determination.js";
export {likenessLimits} from "./figures/likeness-limits.js";
export {pValues} from "./figures/p-values.js";
export {boundsChart, spreadChart} from "./figures/ranges.js";
export {reproduction} from "./figures/reproduction.js";
export {residualMap} from "./figures/residuals.js";
export {robustnessChart} from "./figures/robustness.js";
export {saidAndFound} from "./figures/said-and-found.js";
export {sharesWithIntervals} from "./figures/shares.js";
export {slopes} from "./figures/slopes.js";
export {specificationCurve} from "./figures/specification-curve.js";
export {textShares} from "./figures/text-shares.js";
export {casesOf} from "./multiverse/cases.js";
export {curveOf, levelText} from "./multiverse/choices.js";
export {openEnsemble} from "./multiverse/ensemble.js";
export {correlations, designEffectAt} from "./multiverse/likeness.js";
export {agencyColours} from "./report/colours.js";
export {conclusions} from "./report/conclusions.js";
export {conclusionHead, conclusionsStrip, conclusionsTable} from "./report/conclusions-table.js";
export {
  firmAnswers,
  judge,
  judgements,
  materialOf,
  officeSize,
  tableLimits,
  tryAll,
  waysOf
} from "./report/judgement.js";
export {knownBars, managersInText, sharesThatPart, staffInText} from "./report/text-only.js";
export {alpha} from "./statistics/alpha.js";
export {chiSquareTest} from "./statistics/chi-square.js";
export {cramersV} from "./statistics/cramer.js";
export {designEffectLimit, intraclassCorrelation} from "./statistics/design-effect.js";
export {exactTest} from "./statistics/exact.js";
export {newcombe} from "./statistics/newcombe.js";
export {ordinalAssociation} from "./statistics/ordinal.js";
export {trendTest} from "./statistics/trend.js";
export {wilson} from "./statistics/wilson.js";
export {compareTable} from "./tables/comparison.js";
export {at, chiSquare, matrixOf, percentAt, residualsOf, total} from "./tables/counts.js";
export {countText, percentText, pointsRange, pointsText, pText} from "./tables/format.js";
export {recomputeTable} from "./tables/recompute.js";
export {negative, positive} from "./tables/scale.js";
export {agreeing, among, shares, sharesOfN} from "./tables/verbs.js";

/**
 * Reads the bytes of one of the published Arrow files. Ask for `.arrayBuffer()` where the file is named: of a bare
 * `FileAttachment("….arrow")` Framework thinks that it is to be read by a library from elsewhere.
 *
 * @example const earlier = await read(FileAttachment("data/respondents-2008.arrow").arrayBuffer())
 */
export async function read(bytes: ArrayBuffer | Promise<ArrayBuffer>): Promise<ColumnTable> {
  return readTable(await bytes);
}

const rows = async (bytes: Promise<ArrayBuffer>) => (await read(bytes)).objects({limit: Number.POSITIVE_INFINITY});

const fetchers: {readonly [Name in keyof ChapterFiles]: () => Promise<unknown>} = {
  respondents: () => read(FileAttachment("./data/respondents.arrow").arrayBuffer()),
  published: () => read(FileAttachment("./data/published.arrow").arrayBuffer()),
  bounds: () => read(FileAttachment("./data/bounds.arrow").arrayBuffer()),
  claims: () => rows(FileAttachment("./data/claims.arrow").arrayBuffer()),
  tests: () => rows(FileAttachment("./data/tests.arrow").arrayBuffer()),
  checks: () => rows(FileAttachment("./data/checks.arrow").arrayBuffer()),
  errata: () => FileAttachment("./data/errata.json").json(),
  places: () => FileAttachment("./data/places.json").json(),
  codebook: () => FileAttachment("./data/report.json").json()
};

/** The files of each page: while the site is built, all pages are rendered by the same modules. */
const fetched = new WeakMap<object, Map<string, Promise<unknown>>>();

/** A file, fetched once a page; one that could not be fetched is asked for again. */
function fetchFile<Name extends keyof ChapterFiles>(name: Name): Promise<ChapterFiles[Name]> {
  const files = fetched.get(document) ?? new Map<string, Promise<unknown>>();
  const file = files.get(name) ?? fetchers[name]();
  fetched.set(document, files.set(name, file));
  file.catch(() => files.delete(name));
  return file as Promise<ChapterFiles[Name]>;
}

/** A part of a chapter, made of the files that it needs, anew whenever the reader chooses another language. */
function partOf<Part extends keyof ChapterParts>(part: Part): AsyncGenerator<ChapterParts[Part]> {
  const {needs, make} = chapterParts[part];
  return Generators.observe((tell: (value: ChapterParts[Part] | Promise<never>) => void) => {
    let [stop, stopped] = [() => {}, false];
    Promise.all(needs.map(async (name) => [name, await fetchFile(name)] as const)).then(
      (files) => {
        const own = Object.fromEntries(files) as unknown as ChapterFiles;
        if (!stopped) stop = observeLanguage((language) => tell(make(own, language)));
      },
      (error: unknown) => tell(Promise.reject(error))
    );
    return () => {
      stopped = true;
      stop();
    };
  });
}

/**
 * What every notebook starts with. Each thing is fetched when it is asked for and not before, so that a page loads only
 * what stands in its braces. What changes with the reader’s language runs the cells that use it again.
 *
 * @example const {respondents, codebook, label, table} = chapter();
 */
export function chapter(): Chapter {
  const parts = {};
  for (const name of Object.keys(fetchers) as (keyof ChapterFiles)[]) {
    Object.defineProperty(parts, name, {get: () => fetchFile(name)});
  }
  for (const name of Object.keys(chapterParts) as (keyof ChapterParts)[]) {
    Object.defineProperty(parts, name, {get: () => partOf(name)});
  }
  // To a cell, what comes in time is there: the runtime waits for promises and follows generators.
  return parts as Chapter;
}
