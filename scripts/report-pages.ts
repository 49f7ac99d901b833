/** The page that crosses any two questions, while no table has counts that respondents could have. */
export const withoutRespondents = `---
title: Cross any two questions
---

# Cross any two questions

No table of this report prints counts that respondents could be given: it has percents alone, or weighted counts. There is nobody to cross questions of. Its tables are shown as printed, and [every check](./every-check.html) says what in them could be checked.
`;

/** The same page from the first table on that has such counts. */
export const explorePage = `---
title: Cross any two questions
---

<link rel="stylesheet" href="explorer/explore.css">

# Cross any two questions

\`\`\`js
import {readTable} from "./components/data.js";
import {observeLanguage} from "./components/language.js";
import {tableHref} from "./components/table-register.js";
import {explorer} from "./explorer/explorer.js";

const respondents = readTable(await FileAttachment("data/respondents.arrow").arrayBuffer());
const bounds = readTable(await FileAttachment("data/bounds.arrow").arrayBuffer());
const report = await FileAttachment("data/report.json").json();
const language = Generators.observe(observeLanguage);
const places = await FileAttachment("data/places.json").json();
\`\`\`

\`\`\`js
display(
  explorer({
    respondents,
    bounds,
    report,
    language,
    table: report.tables[0].table,
    tableHref: (table) => tableHref(places, table),
    invalidation
  })
);
\`\`\`
`;

/** The notebooks that every report has: its tables, what holds, and any two questions crossed. */
export function pages(title: string): Record<string, string> {
  return {
    "index.md": `---
title: ${JSON.stringify(title)}
---

# ${title}

Every table as it is printed, beside its recomputation. What does not hold is in [the list of errors](./what-holds.html); every check is in [the register](./every-check.html).
`,
    "what-holds.md": `---
title: What holds
---

# What holds

\`\`\`js
import {errataList} from "./components/errata.js";

const errata = await FileAttachment("data/errata.json").json();
\`\`\`

Every check is in [the register](./every-check.html).

\`\`\`js
errataList(errata)
\`\`\`
`,
    "explore.md": withoutRespondents
  };
}
