export {copyProject, runScript, startDev} from "../../scripts/bench/workspace.js";
