import {withLines} from "./keep.js";

/** The raw files of a report without tables: their heads, and the structure that every codebook has. */
export function emptyRaw(surveys: readonly string[]): Map<string, Uint8Array> {
  const category = (variable: string, code: string, order: number, label: string, spellings = label) => [
    variable,
    code,
    String(order),
    label,
    label,
    spellings,
    ""
  ];
  const code = (survey: string) => survey.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  const files = {
    "variables.csv": [
      "variable,kind,label,label_en,question,question_en,asked,asked_en,derived_from".split(","),
      ...["survey", "summary", "measure"].map((name) => [name, "structure", name, name, "", "", "", "", ""])
    ],
    "categories.csv": [
      "variable,code,order,label,label_en,spellings,includes".split(","),
      ...surveys.map((survey, i) => category("survey", code(survey), i + 1, survey)),
      category("summary", "total", 1, "Total", "Total"),
      category("summary", "missing", 2, "Missing", "Missing"),
      category("measure", "count", 1, "Count", "n"),
      category("measure", "percent", 2, "Percent", "%"),
      category("measure", "cumulative_percent", 3, "Cumulative percent", "cumulative %"),
      category("measure", "p", 4, "P value", "P")
    ],
    "tables.csv": [
      "table,survey,kind,title,title_en,row_variable,column_variable,row_categories,measures,percent_of,summary,extras,population,asked,asked_en,section,use,use_note".split(
        ","
      )
    ],
    "claims.csv": ["id,section,paraphrase,printed,table,expression,relation,value,unit,reason,note".split(",")],
    "errata.csv": ["id,place,table,kind,printed,correct,evidence,conclusion,checks,claims".split(",")]
  };
  return new Map(Object.entries(files).map(([name, lines]) => [name, withLines(undefined, lines)]));
}
