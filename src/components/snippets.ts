/**
 * How to read the files elsewhere. Each is a whole script that is run in the folder of the files; those in R are run as
 * they stand by a test.
 */
export const snippets: Readonly<
  Record<"rCsv" | "rFactors" | "rJson" | "rArrow" | "pythonCsv" | "pandas" | "pyarrow", string>
> = {
  rCsv: `respondents <- read.csv("respondents.csv", na.strings = "", fileEncoding = "UTF-8")
table(respondents$office_size, respondents$cooperation)`,
  rFactors: `codebook <- read.csv("codebook.csv", na.strings = "", fileEncoding = "UTF-8")
ordered_codes <- function(name) codebook$code[codebook$variable == name & !is.na(codebook$order)]
for (name in names(respondents)) respondents[[name]] <- factor(respondents[[name]], levels = ordered_codes(name))
table(respondents$office_size, respondents$cooperation)`,
  rJson: `package <- jsonlite::fromJSON("datapackage.json", simplifyVector = FALSE)
sapply(package$resources, function(resource) resource$title)`,
  rArrow: `respondents <- arrow::read_feather("respondents.arrow")`,
  pythonCsv: `import csv, json

with open("respondents.csv", encoding="utf-8", newline="") as file:
    respondents = list(csv.DictReader(file))
with open("datapackage.json", encoding="utf-8") as file:
    package = json.load(file)
print(len(respondents), package["title"])`,
  pandas: `import pandas as pd

respondents = pd.read_csv("respondents.csv", dtype="category")
pd.crosstab(respondents["office_size"], respondents["cooperation"])`,
  pyarrow: `import pyarrow.feather

respondents = pyarrow.feather.read_feather("respondents.arrow")`
};
