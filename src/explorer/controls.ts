import {element, type Html, html, part} from "../components/html.js";
import {bilingual, type Language, say} from "../components/language.js";
import {groupLabel} from "../tables/group-label.js";
import {labelIn, labelsIn, ownSurvey, type ReportEntries, type TableEntry, variableEntry} from "../tables/labels.js";
import {
  type Choice,
  canCut,
  choosable,
  plainSide,
  printedAs,
  printedTables,
  type SideChoice,
  sideGroups,
  tableChoice,
  treat
} from "../tables/recode.js";

const ends = ["rows", "columns"] as const;

const radios = (name: string, legend: string, values: Readonly<Record<string, string>>) =>
  html`<fieldset class="radios"><legend>${say(legend)}</legend>${Object.entries(values).map(
    ([value, text]) => html`<label><input type="radio" name="${name}" value="${value}"> ${say(text)}</label>`
  )}</fieldset>`;

const option = (value: string, text: string) => html`<option value="${value}">${text}</option>`;

/** Writes a part of the form anew only when it has changed, so that whatever has the focus keeps it. */
function write(place: HTMLElement, content: Html): void {
  if (place.dataset.content === content.text) return;
  place.dataset.content = content.text;
  place.innerHTML = content.text;
}

/**
 * The form of the explorer: the printed tables to start from, the two questions, the base of percents, missing answers,
 * a filter, and for each question its categories. `changed` hears of every change; `dragging` is true while a slider
 * is on its way. `show` makes the form say what a choice says.
 */
export function explorerControls(
  report: ReportEntries,
  variables: readonly string[],
  language: Language,
  changed: (choice: Choice, dragging: boolean) => void
) {
  const entries = choosable(report, variables);
  const label = labelsIn(report, language);
  const lang = language === "en" ? null : html` lang="${language}"`;
  const tables = report.tables.map((entry) => {
    const name = [entry.row, entry.column].flatMap((variable) => (variable === null ? [] : label(variable)));
    const usable = tableChoice(report, entry) !== null;
    return html`<option value="${entry.table}"${usable ? null : html` disabled`}>${entry.table}. ${name.join(" × ")}${usable ? null : ` (${why(report, entry)})`}</option>`;
  });
  const node = element(html`<form class="choices" aria-label="What is crossed">
    <div class="line">
      <label class="wide">${say("Start from a printed table")}
        <select name="table"${lang}>${option("", say("– none: a choice of your own –"))}${tables}</select></label>
      <button type="button" name="reset">${say("As the report has it")}</button>
    </div>
    <div class="line">
      <label>${say("Rows")} <select name="rows"${lang}></select></label>
      <button type="button" name="swap" aria-label="${say("Swap rows and columns")}">⇄</button>
      <label>${say("Columns")} <select name="columns"${lang}></select></label>
    </div>
    <div class="questions"></div>
    <div class="sides">
      <fieldset class="side" data-end="rows"></fieldset>
      <fieldset class="side" data-end="columns"></fieldset>
    </div>
    <details class="more"><summary>${say("Percents, missing answers, one group only")}</summary>
    <div class="line">
      ${radios("percent", "Percent of each", {row: "row", column: "column", total: "whole"})}
      ${radios("missing", "Missing answers", {exclude: "left out", category: "a category"})}
    </div>
    <div class="line">
      <label>${say("Only those who answered to")} <select name="filter"${lang}></select></label>
      <fieldset class="radios filter-codes" hidden></fieldset>
    </div></details>
  </form>`);
  let choice: Choice | null = null;
  const select = (name: string) => part<HTMLSelectElement>(node, `[name=${name}]`);
  const button = (name: string) => part<HTMLButtonElement>(node, `[name=${name}]`);

  const showSide = (end: (typeof ends)[number], side: SideChoice | null) => {
    const place = part(node, `[data-end=${end}]`);
    place.hidden = side === null;
    if (!side) return;
    const {variable} = side;
    const entry = variableEntry(report, variable);
    const codes = entry.categories.map(({code}) => code);
    const cut = canCut(entry)
      ? html`<label class="check"><input type="checkbox" name="split"> ${say("Cut the scale in two")}</label>
        <div class="cut" hidden><input type="range" name="cut" min="1" max="${codes.length - 1}" step="1" aria-label="Where the scale of ${entry.labelEn} is cut"><output></output></div>`
      : null;
    const key = `${variable} ${language}`;
    if (place.dataset.key !== key) {
      place.dataset.key = key;
      const categories = codes.map((code) => {
        const others = codes.filter((other) => other !== code);
        return html`<label><span${lang}>${label(variable, code)}</span> <select name="category" data-code="${code}"${lang}>
              ${option("own", say("on its own"))}
              ${others.map((other) => option(other, `+ ${label(variable, other)}`))}
              ${option("drop", say("left out"))}</select></label>`;
      });
      place.innerHTML =
        html`<legend>${say(end === "rows" ? "Rows" : "Columns")}: <span${lang}>${label(variable)}</span></legend>
        ${cut}
        <details><summary>${say("Merge or leave out categories")}</summary>
          <div class="categories">${categories}</div></details>`.text;
    }
    const groups = sideGroups(report, side);
    for (const category of place.querySelectorAll<HTMLSelectElement>("select[name=category]")) {
      const {code = ""} = category.dataset;
      const group = groups.find((members) => members.includes(code));
      category.value = group ? (group.find((member) => member !== code) ?? "own") : "drop";
    }
    if (cut) {
      part<HTMLInputElement>(place, "[name=split]").checked = side.cut !== null;
      part(place, ".cut").hidden = side.cut === null;
    }
    if (cut && side.cut !== null) {
      const slider = part<HTMLInputElement>(place, "[name=cut]");
      const names = groups.map((group) => labelIn(groupLabel(report, variable, group), language));
      slider.value = String(side.cut);
      slider.setAttribute("aria-valuetext", [names[0] ?? "", names[1] ?? ""].join(` ${say("against")} `));
      const [low, high] = [0, 1].map((i) => html`<span${lang}>${names[i] ?? ""}</span>`) as [Html, Html];
      write(part(place, "output"), html`${low} <span class="gloss">${say("against")}</span> ${high}`);
    }
    const details = part<HTMLDetailsElement>(place, "details");
    if (side.merged.length > 0 || (side.dropped.length > 0 && side.cut === null)) details.open = true;
  };

  const show = (next: Choice) => {
    choice = next;
    const {rows, columns, filter} = next;
    const named = (some: typeof entries) => some.map(({variable}) => option(variable, label(variable)));
    write(select("rows"), html`${named(entries)}`);
    const others = entries.filter(({variable}) => variable !== rows.variable);
    const inPrint = new Map(
      others.map((entry) => [entry, printedTables(report, {...next, columns: plainSide(entry.variable)})])
    );
    const crossed = [...inPrint].filter(([, printed]) => printed.length > 0);
    const never = others.filter((entry) => inPrint.get(entry)?.length === 0);
    write(
      select("columns"),
      html`${option("none", say("– none –"))}<optgroup label="${say("Crossed with the rows in print")}">${crossed.map(
        ([{variable}, printed]) =>
          option(variable, `${label(variable)} (${printed.map(({table}) => table).join(", ")})`)
      )}</optgroup><optgroup label="${say("Never crossed with the rows in print")}">${named(never)}</optgroup>`
    );
    const free = others.filter(({variable}) => variable !== columns?.variable);
    write(select("filter"), html`${option("", say("– everybody –"))}${named(free)}`);
    const printed = printedAs(report, next);
    select("rows").value = rows.variable;
    select("columns").value = columns?.variable ?? "none";
    select("filter").value = filter?.variable ?? "";
    select("table").value = printed ? String(printed.entry.table) : "";
    if (filter || next.missing !== "exclude") part<HTMLDetailsElement>(node, ".more").open = true;
    const codes = part(node, ".filter-codes");
    codes.hidden = filter === null;
    if (filter) {
      const {variable} = filter;
      const boxes = variableEntry(report, variable).categories.map(
        ({code}) =>
          html`<label><input type="checkbox" name="filter-code" value="${code}"> <span${lang}>${label(variable, code)}</span></label>`
      );
      write(codes, html`<legend><span${lang}>${label(variable)}</span></legend>${boxes}`);
      for (const box of codes.querySelectorAll<HTMLInputElement>("input")) {
        box.checked = filter.codes.includes(box.value);
      }
    }
    for (const radio of node.querySelectorAll<HTMLInputElement>("[type=radio]")) {
      radio.checked = radio.value === (radio.name === "percent" ? next.percent : next.missing);
      if (radio.name === "percent") radio.disabled = columns === null && radio.value !== next.percent;
    }
    const [own] = printedTables(report, next);
    button("reset").disabled = own === undefined;
    button("reset").textContent = own
      ? say("As the report has it (table {table})", {table: printed?.entry.table ?? own.table})
      : say("The report never crosses these");
    button("swap").disabled = columns === null;
    const questions = [rows, ...(columns ? [columns] : [])].map(({variable}) => {
      const {question, questionEn} = variableEntry(report, variable);
      return question ? html`<p><b${lang}>${label(variable)}:</b> ${bilingual(question, questionEn)}</p>` : null;
    });
    write(part(node, ".questions"), html`${questions}`);
    for (const end of ends) showSide(end, next[end]);
  };

  let sliding = false;
  node.addEventListener("input", (event) => {
    const {target} = event;
    if (!choice || !(target instanceof HTMLSelectElement || target instanceof HTMLInputElement)) return;
    const next = apply(report, choice, target, node);
    if (!next) return;
    const slider = target.type === "range";
    // Of one drag, the first change is a step of its own in the history, and those after it replace it.
    changed(next, slider && sliding);
    sliding = slider;
  });
  node.addEventListener("change", () => {
    sliding = false;
  });
  node.addEventListener("submit", (event) => event.preventDefault());
  button("swap").addEventListener("click", () => {
    if (!choice?.columns) return;
    const {rows, columns, percent} = choice;
    const turned = percent === "row" ? "column" : percent === "column" ? "row" : "total";
    changed({...choice, rows: columns, columns: rows, percent: turned}, false);
  });
  button("reset").addEventListener("click", () => {
    const own = choice && (printedAs(report, choice)?.entry ?? printedTables(report, choice)[0]);
    const printed = own && tableChoice(report, own);
    if (printed) changed(printed, false);
  });
  return {node, show};
}

/** A choice after one control was changed, or null for a control that changes nothing by itself. */
function apply(
  report: ReportEntries,
  choice: Choice,
  target: HTMLSelectElement | HTMLInputElement,
  form: HTMLElement
): Choice | null {
  const {value} = target;
  const end = target.closest<HTMLElement>("[data-end]")?.dataset.end === "rows" ? "rows" : "columns";
  const side = choice[end];
  const changedSide = (next: SideChoice) => ({...choice, [end]: next});
  // A question that is crossed is not filtered by as well.
  const filter = choice.filter?.variable === value ? null : choice.filter;
  switch (target.name) {
    case "table": {
      const entry = report.tables.find(({table}) => String(table) === value);
      return entry ? tableChoice(report, entry) : null;
    }
    case "rows":
      // Taking the columns' question as rows turns the table.
      return choice.columns?.variable === value
        ? {...choice, rows: choice.columns, columns: choice.rows, filter}
        : {...choice, rows: plainSide(value), filter};
    case "columns":
      if (value === "none") return {...choice, columns: null, percent: "column"};
      return {...choice, columns: plainSide(value), filter, percent: choice.columns ? choice.percent : "row"};
    case "percent":
      return {...choice, percent: value === "row" || value === "column" ? value : "total"};
    case "missing":
      return {...choice, missing: value === "category" ? "category" : "exclude"};
    case "filter": {
      const [first] = value === "" ? [] : variableEntry(report, value).categories;
      return {...choice, filter: first ? {variable: value, codes: [first.code]} : null};
    }
    case "filter-code": {
      const boxes = [...form.querySelectorAll<HTMLInputElement>("[name=filter-code]:checked")];
      const codes = boxes.map((box) => box.value);
      return choice.filter && {...choice, filter: codes.length > 0 ? {...choice.filter, codes} : null};
    }
    case "split": {
      if (!side || !(target instanceof HTMLInputElement)) return null;
      const middle = Math.ceil(variableEntry(report, side.variable).categories.length / 2);
      return changedSide({...side, cut: target.checked ? middle : null, merged: []});
    }
    case "cut":
      return side && changedSide({...side, cut: Number(value), merged: []});
    case "category": {
      if (!side) return null;
      const treatment =
        value === "own" || value === "drop" ? ({kind: value} as const) : ({kind: "with", code: value} as const);
      const next = treat(report, side, target.dataset.code ?? "", treatment);
      // The last category cannot be left out.
      return sideGroups(report, next).length > 0 ? changedSide(next) : {...choice};
    }
    default:
      return null;
  }
}

/** Why a table cannot be crossed anew. */
function why(report: ReportEntries, {kind, population}: TableEntry): string {
  if (kind === "chart") return say("a chart without numbers");
  if (kind === "regression") return say("a regression");
  if (population === "unidentifiable") return say("people not told apart elsewhere");
  return say("not of {survey} alone", {survey: ownSurvey(report)});
}
