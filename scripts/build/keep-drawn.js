// Stands below the script `main` of Framework's client, whose functions it replaces; see keepDrawn in framework.ts.
// On each cell's mark, `_before` is what it showed before the run that is under way.
const clearNodes = clear;
clear = (root) => {
  root._before ??= [...root._nodes];
  clearNodes(root);
};
reset = (root) => {
  root._error = root._before = null;
};
reject = (root, error) => {
  console.error(error);
  root._error = error || new Error(String(error));
  if (root._before) {
    const before = root._before;
    clear(root);
    for (const node of before) displayNode(root, node);
    root._before = null;
  }
  tellFailed(root.data.slice(1, -1), error);
};
const defineCell = define;
define = (cell) => {
  defineCell(cell);
  const [, ...declared] = cellsById.get(cell.id).variables;
  // What a cell declares may fail later than the cell, as a file does that does not arrive.
  for (const variable of declared) variable._observer = {rejected: (error) => tellFailed(cell.id, error)};
};
function tellFailed(id, error) {
  const {cell, variables} = cellsById.get(id);
  const again = () => variables[0].define(variables[0]._name, cell.inputs ?? [], cell.body);
  document.dispatchEvent(new CustomEvent("cell-failed", {detail: {id, error, again}}));
}
