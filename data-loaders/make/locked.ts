import {ownSurvey} from "../../src/tables/labels.js";
import {exactResults} from "../checks/tests.js";
import {surveyEnds, surveyIndependence} from "../publish/bounds.js";
import {ensembleMembers, ensembleSpreads} from "../publish/ensemble.js";
import {surveyRespondents, usableSurveys} from "../publish/respondents.js";
import type {Report} from "../read/report.js";
import type {Slow} from "./derived.js";

/** The results that are kept in the repository. */
export function lockedResults(report: Report): Slow[] {
  const surveys = usableSurveys(report);
  const own = ownSurvey({tables: report.tables.map(({entry}) => entry)});
  return [
    ...surveys.map((survey) => surveyRespondents(report, survey)),
    ...surveys.map((survey) => surveyEnds(report, survey)),
    surveyIndependence(report, own),
    ensembleMembers(report, own),
    ensembleSpreads(report, own),
    ...exactResults(report)
  ];
}
