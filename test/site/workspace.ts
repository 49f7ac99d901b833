export {copyProject, type Dev, endOfSave, runScript, startDev} from "../../scripts/bench/workspace.js";
