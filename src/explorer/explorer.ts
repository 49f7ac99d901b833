import {type ColumnTable, from} from "arquero";
import {figure} from "../components/figure.js";
import {element, type Html, html, part} from "../components/html.js";
import {type Language, ownLanguage, say} from "../components/language.js";
import {type Place, tableHref} from "../components/table-register.js";
import {crosstabBars} from "../figures/crosstab-bars.js";
import {crosstabCells} from "../figures/crosstab-cells.js";
import {agreementScale, type CategoryColours, groupColours, placeOn} from "../figures/crosstab-colours.js";
import {sayIn} from "../figures/drawing.js";
import {residualMap} from "../figures/residuals.js";
import {alpha} from "../statistics/alpha.js";
import {residualsOf} from "../tables/counts.js";
import {crosstabTests, exactInSteps, inOrder} from "../tables/crosstab-tests.js";
import {determiner} from "../tables/determined.js";
import {countText, percentText} from "../tables/format.js";
import {labelsIn, type ReportEntries} from "../tables/labels.js";
import {type Choice, printedAs, recode, tableChoice} from "../tables/recode.js";
import type {TableId} from "../tables/table-id.js";
import {type AddressProblem, decodeChoice, encodeChoice} from "./address.js";
import {explorerControls} from "./controls.js";
import {cutSide, everyCut} from "./cuts.js";
import {
  asBars,
  crossedName,
  crosstabTable,
  cutsTable,
  exactText,
  filterName,
  groupNames,
  percentRange,
  type Result,
  standing,
  summary,
  testsTable
} from "./results.js";

/** What the explorer works with. */
export interface ExplorerInput {
  readonly respondents: ColumnTable;
  /** The rows of `bounds.arrow`. */
  readonly bounds: ColumnTable;
  readonly report: ReportEntries;
  readonly language: Language;
  /** The printed table that is shown when the address asks for nothing. */
  readonly table: TableId;
  /** Where the tables stand on the site. */
  readonly places: readonly Place[];
  /** Colours that categories have on every page, besides those of agreement. */
  readonly colours?: readonly CategoryColours[];
  /** Settles when the element is no longer used: it then lets go of the address. */
  readonly invalidation?: Promise<unknown>;
}

/** How long a step of the exact test may keep the page from answering, in milliseconds. */
const slice = 8;

/**
 * A form to choose any crosstab with, and what follows from it: figure, table, tests, every cut of a scale. The choice
 * is in the address; going back brings back the last one.
 */
export function explorer(input: ExplorerInput): HTMLElement {
  const {respondents, report, language, places} = input;
  const entry = report.tables.find(({table}) => table === input.table);
  const fallback = entry && tableChoice(report, entry);
  if (!fallback) throw new Error(`table ${input.table} is no crosstab of the respondents`);
  const determine = determiner(respondents, report, input.bounds);
  const variables = respondents.columnNames();
  const node = element(html`<div class="explorer">
    <div class="problems" role="alert"></div>
    <div class="form"></div>
    <div class="found">
      <p class="summary" role="status"></p>
      <div class="from"></div>
      <div class="chart"></div>
      <div class="link"><button type="button" name="copy">${say("Copy the address of this choice")}</button> <span role="status"></span></div>
      <div class="every-cut"></div>
      <h2>${say("Table")}</h2>
      <div class="counts"></div>
      <div class="test"></div>
      <div class="residuals"></div>
    </div>
  </div>`);
  const label = labelsIn(report, language);
  const write = (name: string, {text}: Html) => {
    part(node, `.${name}`).innerHTML = text;
  };
  let choice = fallback;
  let last: Result | null = null;
  let round = 0;
  let width = 0;

  const controls = explorerControls(report, variables, language, (next, dragging) => choose(next, dragging));
  part(node, ".form").append(controls.node);

  function choose(next: Choice, dragging = false): void {
    const address = `?${encodeChoice(next)}`;
    if (dragging) history.replaceState(history.state, "", address);
    else if (address !== location.search) history.pushState(null, "", address);
    part(node, ".problems").replaceChildren();
    show(next);
  }

  function readAddress(): void {
    const decoded = decodeChoice(location.search, report, variables, fallback ?? choice);
    write("problems", problemList(decoded.problems));
    show(decoded.choice);
  }

  function show(next: Choice): void {
    choice = next;
    controls.show(next);
    const recoded = recode(respondents, report, next);
    const {rows, columns, table} = recoded;
    const ordered =
      next.columns !== null &&
      inOrder(report, next.rows.variable, rows) &&
      inOrder(report, next.columns.variable, columns);
    const cutEnd = cutSide(report, next);
    const result: Result = {
      report,
      label,
      choice: next,
      recoded,
      known: determine(next, recoded),
      printed: printedAs(report, next),
      tests: next.columns ? crosstabTests(table.counts, ordered) : null,
      cuts: cutEnd ? everyCut(respondents, report, determine, next, cutEnd) : [],
      cutEnd,
      tableHref: (table) => tableHref(places, table)
    };
    last = result;
    part(node, ".summary").textContent = summary(result);
    write("from", standing(result));
    write("every-cut", cutsTable(result));
    write("counts", crosstabTable(result));
    write("test", testsTable(result));
    draw(result);
    round++;
    if (result.tests?.small) runExact(table.counts, round);
  }

  /** Lets the page answer between the steps of the test, and stops once something else is chosen. */
  function runExact(counts: readonly (readonly number[])[], own: number): void {
    const steps = exactInSteps(counts);
    const go = () => {
      const place = node.querySelector("[data-exact]");
      if (own !== round || !place) return;
      const start = performance.now();
      let step = steps.next();
      while (!step.done && performance.now() - start < slice) {
        place.textContent = exactText(step.value);
        step = steps.next();
      }
      if (step.done) return;
      place.textContent = exactText(step.value);
      setTimeout(go);
    };
    setTimeout(go);
  }

  function draw(result: Result): void {
    // Before the page has been laid out there is no width to draw for; the observer below tells it.
    if (width === 0) return;
    part(node, ".chart").replaceChildren(
      ...(result.recoded.table.total > 0 ? [mainFigure(result, width, input.colours)] : [])
    );
    const residual = residualFigure(result, width);
    part(node, ".residuals").replaceChildren(...(residual ? [residual] : []));
  }

  // Several tables can be cut at several places: one listener for all the buttons that come and go.
  node.addEventListener("click", (event) => {
    if (!(event.target instanceof HTMLButtonElement)) return;
    const cut = last?.cuts.find((other) => String(other.cut) === (event.target as HTMLElement).dataset.cut);
    if (cut) {
      choose({...cut.choice, missing: "exclude"});
      node.querySelector<HTMLElement>(".cuts .current")?.scrollIntoView({block: "nearest"});
    }
    if (event.target.name === "copy") {
      const said = event.target.nextElementSibling;
      const url = new URL(`?${encodeChoice(choice)}`, location.href).href;
      navigator.clipboard.writeText(url).then(
        () => said?.replaceChildren(say("Copied.")),
        () => said?.replaceChildren(url)
      );
    }
  });
  window.addEventListener("popstate", readAddress);
  const resized = new ResizeObserver(([entry]) => {
    const found = Math.floor(entry?.contentRect.width ?? 0);
    if (found === width || found === 0) return;
    width = found;
    if (last) draw(last);
  });
  resized.observe(part(node, ".found"));
  let over = false;
  input.invalidation?.then(() => {
    over = true;
    window.removeEventListener("popstate", readAddress);
    resized.disconnect();
    round++;
  });
  readAddress();
  warm();
  return node;

  /** Counts the printed tables one by one while nothing else is to be done, so that no change has to wait for them. */
  function warm(): void {
    const tables = report.tables.flatMap((table) => tableChoice(report, table) ?? []);
    const next = () => {
      const table = tables.pop();
      if (!table || over) return;
      determine(table, recode(respondents, report, table));
      setTimeout(next, 20);
    };
    setTimeout(next, 200);
  }
}

function problemList(problems: readonly AddressProblem[]) {
  if (problems.length === 0) return html``;
  return html`<p><b>Part of the address could not be used.</b></p><ul>${problems.map(
    ({parameter, found, expected, used, says}) =>
      says
        ? html`<li><b>${says}</b> Shown instead: ${used}.</li>`
        : html`<li><code>${parameter}</code>: found “${found}”; expected ${expected}. Used instead: ${used}.</li>`
  )}</ul>`;
}

/** Bars where the categories have colours of their own and all counts are known, else a line a cell. */
function mainFigure(result: Result, width: number, own?: readonly CategoryColours[]): HTMLElement {
  const {choice, recoded, known, printed, label} = result;
  const {bars, segments, groups, totals, shares} = asBars(result);
  const people = say("{n} respondents", {n: countText(recoded.table.total)});
  const who = filterName(result);
  const percentOf = {row: "percent of row", column: "percent of column", total: "percent of all"}[choice.percent];
  const percent = (share: (typeof shares)[number][number]) =>
    !share
      ? "–"
      : known.determined
        ? percentText(share.share ?? 0, label.language)
        : percentRange(share, label.language);
  const inWords = bars.map(
    (bar, b) => `${bar}: ${segments.map((segment, s) => `${segment} ${percent(shares[b]?.[s] ?? null)}`).join(", ")}`
  );
  const text = {
    title: `${crossedName(result)}, ${say(percentOf)}${who ? `; ${say("only {who}", {who})}` : ""}${known.determined ? "" : `: ${say("what the tables leave possible")}`}`,
    source: printed
      ? `${say("Table {table}", {table: printed.entry.table})}: ${people}.`
      : known.determined
        ? `${people}; ${say("counts follow from the printed tables")}.`
        : say(
            "Not determined by the printed tables. Bands: all shares that they allow; hollow dots: our reconstruction, one possibility of many."
          )
  };
  const drawn = {words: `${inWords.join(". ")}.`, numbers: [], language: label.language};
  const colours = groupColours(groups, own);
  if (known.determined && colours && choice.percent !== "total" && choice.columns) {
    const scale = agreementScale(groups.flat());
    const centre = scale ? (scale.length - 1) / 2 : 0;
    const places = groups.map((group) => (scale ? placeOn(scale, group) : 0));
    const order = [...groups.keys()];
    // Disagreement stands left, whichever end of the scale the questionnaire has first.
    if (scale && (places[0] ?? 0) > (places.at(-1) ?? 0)) order.reverse();
    const middle = places.filter((place) => place < centre).length + (places.includes(centre) ? 0.5 : 0);
    const plot = crosstabBars(
      {
        bars: bars.map((bar, b) => ({
          label: bar,
          n: totals[b] ?? 0,
          shares: order.map((s) => shares[b]?.[s]?.share ?? 0)
        })),
        segments: order.map((s) => ({
          label: segments[s] ?? "",
          colour: colours[s] ?? {fill: "currentColor", text: "none"}
        })),
        middle: scale ? middle : null
      },
      {width}
    );
    return figure({node: plot, ...drawn}, text);
  }
  const cells = bars.flatMap((row, b) =>
    segments.flatMap((column, s) => {
      const {share, lower, upper} = shares[b]?.[s] ?? {share: null, lower: 0, upper: 0};
      if (share === null) return [];
      return [
        upper - lower < 1e-9 ? {row, column, share, lower: share, upper: share} : {row, column, share, lower, upper}
      ];
    })
  );
  return figure({node: crosstabCells(cells, bars, segments, {width}), ...drawn}, text);
}

/** Which cells make the table differ from independence; nothing where its counts are not determined. */
function residualFigure(result: Result, width: number): HTMLElement | null {
  const {choice, recoded, known, tests, label} = result;
  if (!tests || !choice.columns || !known.determined || tests.residuals.length === 0) return null;
  const columns = groupNames(result, choice.columns, recoded.columns);
  const counts = groupNames(result, choice.rows, recoded.rows).flatMap((row, r) =>
    columns.map((column, c) => ({row, column, count: recoded.table.counts[r]?.[c] ?? 0}))
  );
  const variables: Readonly<Record<string, string>> = {row: choice.rows.variable, column: choice.columns.variable};
  const name = (side: string, code?: string | null) => code ?? label(variables[side] ?? "");
  const drawing = residualMap(residualsOf(from(counts)), {
    label: Object.assign(name, {language: label.language}),
    width
  });
  const values = {n: tests.residuals.filter(({adjusted}) => adjusted < alpha).length, all: tests.residuals.length};
  const title = (language: Language) =>
    sayIn(language)(values.n > 0 ? "{n} of {all} cells stand out" : "No single cell stands out", values);
  return figure(drawing, {title: {en: title("en"), no: title(ownLanguage())}});
}
