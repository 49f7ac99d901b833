import {element, type Html, html} from "../components/html.js";
import {bilingual, type Language, say} from "../components/language.js";
import {groupLabel} from "../tables/group-label.js";
import {categoryLabel, type Label, labelIn, type ReportEntries, variableEntry} from "../tables/labels.js";
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

/** A form with which a choice is made. */
export interface Controls {
  readonly node: HTMLElement;
  /** Makes the form say what a choice says. */
  readonly show: (choice: Choice) => void;
}

/**
 * The form of the explorer: the printed tables to start from, the two questions, the base of percents, missing answers,
 * a filter, and for each question its categories. `changed` hears of every change; `dragging` is true while a slider
 * is on its way.
 */
export function explorerControls(
  report: ReportEntries,
  variables: readonly string[],
  language: Language,
  changed: (choice: Choice, dragging: boolean) => void
): Controls {
  const entries = choosable(report, variables);
  const name = (label: Label) => labelIn(label, language);
  const variableName = (variable: string) => {
    const {label, labelEn} = variableEntry(report, variable);
    return labelIn({no: label, en: labelEn}, language);
  };
  const tableName = (row: string, column: string | null) =>
    [row, ...(column === null ? [] : [column])].map(variableName).join(" × ");
  const lang = language === "en" ? null : html` lang="${language}"`;
  const node = element(html`<form class="choices" aria-label="What is crossed">
    <div class="line">
      <label class="wide">${say("Start from a printed table")}
        <select name="table"${lang}><option value="">${say("– none: a choice of your own –")}</option>${report.tables.map(
          (entry) => {
            const usable = tableChoice(report, entry) !== null;
            return html`<option value="${entry.table}"${usable ? null : html` disabled`}>${entry.table}. ${tableName(entry.row, entry.column)}${usable ? null : ` (${why(entry)})`}</option>`;
          }
        )}</select></label>
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
      <fieldset class="radios"><legend>${say("Percent of each")}</legend>${(
        [
          ["row", "row"],
          ["column", "column"],
          ["total", "whole"]
        ] as const
      ).map(
        ([value, text]) => html`<label><input type="radio" name="percent" value="${value}"> ${say(text)}</label>`
      )}</fieldset>
      <fieldset class="radios"><legend>${say("Missing answers")}</legend>
        <label><input type="radio" name="missing" value="exclude"> ${say("left out")}</label>
        <label><input type="radio" name="missing" value="category"> ${say("a category")}</label></fieldset>
    </div>
    <div class="line">
      <label>${say("Only those who answered to")} <select name="filter"${lang}></select></label>
      <fieldset class="radios filter-codes" hidden></fieldset>
    </div></details>
  </form>`);
  let choice: Choice | null = null;
  const find = <T extends Element>(selector: string): T => {
    const found = node.querySelector<T>(selector);
    if (!found) throw new Error(`the explorer’s form has no ${selector}`);
    return found;
  };
  /** Writes a part of the form anew only when it has changed, so that whatever has the focus keeps it. */
  const write = (part: HTMLElement, content: Html) => {
    if (part.dataset.content === content.text) return;
    part.dataset.content = content.text;
    part.innerHTML = content.text;
  };
  const option = (value: string, text: string) => html`<option value="${value}">${text}</option>`;

  const showSide = (end: "rows" | "columns", side: SideChoice | null) => {
    const part = find<HTMLElement>(`[data-end=${end}]`);
    part.hidden = side === null;
    if (!side) return;
    const entry = variableEntry(report, side.variable);
    const codes = entry.categories.map(({code}) => code);
    const label = (code: string) => name(categoryLabel(report, side.variable, code));
    const cut = canCut(entry)
      ? html`<label class="check"><input type="checkbox" name="split"> ${say("Cut the scale in two")}</label>
        <div class="cut" hidden><input type="range" name="cut" min="1" max="${codes.length - 1}" step="1" aria-label="Where the scale of ${entry.labelEn} is cut"><output></output></div>`
      : null;
    const key = `${side.variable} ${language}`;
    if (part.dataset.key !== key) {
      part.dataset.key = key;
      part.innerHTML =
        html`<legend>${say(end === "rows" ? "Rows" : "Columns")}: <span${lang}>${variableName(side.variable)}</span></legend>
        ${cut}
        <details><summary>${say("Merge or leave out categories")}</summary>
          <div class="categories">${codes.map(
            (code) => html`<label><span${lang}>${label(code)}</span> <select name="category" data-code="${code}"${lang}>
              <option value="own">${say("on its own")}</option>
              ${codes.filter((other) => other !== code).map((other) => html`<option value="${other}">+ ${label(other)}</option>`)}
              <option value="drop">${say("left out")}</option></select></label>`
          )}</div></details>`.text;
    }
    const groups = sideGroups(report, side);
    for (const select of part.querySelectorAll<HTMLSelectElement>("select[name=category]")) {
      const code = select.dataset.code ?? "";
      const group = groups.find((members) => members.includes(code));
      const partner = group?.find((member) => member !== code);
      select.value = !group ? "drop" : (partner ?? "own");
    }
    const split = part.querySelector<HTMLInputElement>("[name=split]");
    const slider = part.querySelector<HTMLInputElement>("[name=cut]");
    const box = part.querySelector<HTMLElement>(".cut");
    if (split && slider && box) {
      split.checked = side.cut !== null;
      box.hidden = side.cut === null;
      if (side.cut !== null) {
        slider.value = String(side.cut);
        const [low = [], high = []] = groups;
        const sides = [low, high].map((group) => name(groupLabel(report, side.variable, group)));
        slider.setAttribute("aria-valuetext", sides.join(" against "));
        write(
          find<HTMLElement>(`[data-end=${end}] output`),
          html`<span${lang}>${sides[0] ?? ""}</span> <span class="gloss">${say("against")}</span> <span${lang}>${sides[1] ?? ""}</span>`
        );
      }
    }
    const details = part.querySelector("details");
    if (details && (side.merged.length > 0 || (side.dropped.length > 0 && side.cut === null))) details.open = true;
  };

  const show = (next: Choice) => {
    choice = next;
    const {rows, columns, filter} = next;
    write(find("[name=rows]"), html`${entries.map(({variable}) => option(variable, variableName(variable)))}`);
    const inPrint = (variable: string) =>
      printedTables(report, {...next, columns: plainSide(variable)}).map(({table}) => table);
    write(
      find("[name=columns]"),
      html`${option("none", say("– none –"))}${[true, false].map((printed) => {
        const those = entries.filter(
          ({variable}) => variable !== rows.variable && inPrint(variable).length > 0 === printed
        );
        const title = say(printed ? "Crossed with the rows in print" : "Never crossed with the rows in print");
        return html`<optgroup label="${title}">${those.map(({variable}) => {
          const tables = inPrint(variable);
          return option(variable, `${variableName(variable)}${printed ? ` (${tables.join(", ")})` : ""}`);
        })}</optgroup>`;
      })}`
    );
    const taken = [rows.variable, columns?.variable];
    write(
      find("[name=filter]"),
      html`${option("", say("– everybody –"))}${entries
        .filter(({variable}) => !taken.includes(variable))
        .map(({variable}) => option(variable, variableName(variable)))}`
    );
    find<HTMLSelectElement>("[name=rows]").value = rows.variable;
    find<HTMLSelectElement>("[name=columns]").value = columns?.variable ?? "none";
    find<HTMLSelectElement>("[name=filter]").value = filter?.variable ?? "";
    if (filter || next.missing !== "exclude") find<HTMLDetailsElement>(".more").open = true;
    const codes = find<HTMLElement>(".filter-codes");
    codes.hidden = filter === null;
    if (filter) {
      write(
        codes,
        html`<legend><span${lang}>${variableName(filter.variable)}</span></legend>${variableEntry(
          report,
          filter.variable
        ).categories.map(
          (category) =>
            html`<label><input type="checkbox" name="filter-code" value="${category.code}"> <span${lang}>${labelIn({no: category.label, en: category.labelEn}, language)}</span></label>`
        )}`
      );
      for (const box of codes.querySelectorAll<HTMLInputElement>("input")) {
        box.checked = filter.codes.includes(box.value);
      }
    }
    for (const radio of node.querySelectorAll<HTMLInputElement>("[type=radio]")) {
      radio.checked = radio.value === (radio.name === "percent" ? next.percent : next.missing);
      if (radio.name === "percent") radio.disabled = columns === null && radio.value !== next.percent;
    }
    const printed = printedAs(report, next);
    find<HTMLSelectElement>("[name=table]").value = printed ? String(printed.entry.table) : "";
    const [own] = printedTables(report, next);
    const reset = find<HTMLButtonElement>("[name=reset]");
    reset.disabled = own === undefined;
    reset.textContent = own
      ? say("As the report has it (table {table})", {table: printed?.entry.table ?? own.table})
      : say("The report never crosses these");
    find<HTMLButtonElement>("[name=swap]").disabled = columns === null;
    write(
      find(".questions"),
      html`${[rows, ...(columns ? [columns] : [])].map(({variable}) => {
        const {question, questionEn} = variableEntry(report, variable);
        return question
          ? html`<p><b${lang}>${variableName(variable)}:</b> ${bilingual(question, questionEn)}</p>`
          : null;
      })}`
    );
    showSide("rows", rows);
    showSide("columns", columns);
  };

  let sliding = false;
  node.addEventListener("input", (event) => {
    const target = event.target;
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
  node.addEventListener("click", (event) => {
    if (!choice || !(event.target instanceof HTMLButtonElement)) return;
    const {rows, columns, percent} = choice;
    if (event.target.name === "swap" && columns) {
      const turned = percent === "row" ? "column" : percent === "column" ? "row" : "total";
      changed({...choice, rows: columns, columns: rows, percent: turned}, false);
    } else if (event.target.name === "reset") {
      const own = printedAs(report, choice)?.entry ?? printedTables(report, choice)[0];
      const printed = own && tableChoice(report, own);
      if (printed) changed(printed, false);
    }
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
  const firstCode = (variable: string) => variableEntry(report, variable).categories[0]?.code ?? "";
  switch (target.name) {
    case "table": {
      const entry = report.tables.find(({table}) => String(table) === value);
      return entry ? tableChoice(report, entry) : null;
    }
    case "rows": {
      // Taking the columns' question as rows turns the table.
      const columns = choice.columns?.variable === value ? choice.rows : choice.columns;
      const rows = choice.columns?.variable === value ? choice.columns : plainSide(value);
      return {...choice, rows, columns, filter: choice.filter?.variable === value ? null : choice.filter};
    }
    case "columns": {
      const filter = choice.filter?.variable === value ? null : choice.filter;
      if (value === "none") return {...choice, columns: null, percent: "column"};
      return {...choice, columns: plainSide(value), filter, percent: choice.columns ? choice.percent : "row"};
    }
    case "percent":
      return {...choice, percent: value === "row" || value === "column" ? value : "total"};
    case "missing":
      return {...choice, missing: value === "category" ? "category" : "exclude"};
    case "filter":
      return {...choice, filter: value === "" ? null : {variable: value, codes: [firstCode(value)]}};
    case "filter-code": {
      const boxes = [...form.querySelectorAll<HTMLInputElement>("[name=filter-code]")];
      const codes = boxes.filter((box) => box.checked).map((box) => box.value);
      if (!choice.filter) return null;
      return {...choice, filter: codes.length > 0 ? {variable: choice.filter.variable, codes} : null};
    }
    case "split": {
      if (!side || !(target instanceof HTMLInputElement)) return null;
      const middle = Math.ceil(variableEntry(report, side.variable).categories.length / 2);
      return {...choice, [end]: {...side, cut: target.checked ? middle : null, merged: []}};
    }
    case "cut":
      return side && {...choice, [end]: {...side, cut: Number(value), merged: []}};
    case "category": {
      if (!side) return null;
      const treatment =
        value === "own" || value === "drop" ? ({kind: value} as const) : ({kind: "with", code: value} as const);
      const next = treat(report, side, target.dataset.code ?? "", treatment);
      // The last category cannot be left out.
      return sideGroups(report, next).length > 0 ? {...choice, [end]: next} : {...choice};
    }
    default:
      return null;
  }
}

function why({kind, population}: ReportEntries["tables"][number]): string {
  if (kind === "chart") return "a chart without numbers";
  if (kind === "regression") return "a regression";
  return population === "unidentifiable" ? "people not told apart elsewhere" : "not of 2010 alone";
}
