export {copyProject, type Dev, runScript, startDev} from "../../scripts/bench/workspace.js";
