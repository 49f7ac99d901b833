import {autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap} from "@codemirror/autocomplete";
import {defaultKeymap, history, historyKeymap, indentWithTab} from "@codemirror/commands";
import {javascript, javascriptLanguage} from "@codemirror/lang-javascript";
import {bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting} from "@codemirror/language";
import {type Diagnostic, lintGutter, lintKeymap, setDiagnostics} from "@codemirror/lint";
import {EditorState, Prec} from "@codemirror/state";
import {drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers} from "@codemirror/view";
import {tags} from "@lezer/highlight";
import {type CodeProblem, codeProblem} from "../sandbox/cell-code.js";
import {completions, type Vocabulary} from "./completion.js";

/**
 * An editor with highlighting, completion and, at their line, what keeps the code from running. Ctrl or Cmd + Enter
 * calls `onRun`. Tab indents; after Esc it leaves the editor. `describedBy` is the id of the text that says so.
 */
export function codeView(options: {
  readonly code: string;
  readonly label: string;
  readonly describedBy: string;
  readonly vocabulary: () => Vocabulary | null;
  readonly onRun: () => void;
  readonly onChange: () => void;
}) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Shows what went wrong at its line; null takes it away. */
  const mark = (problem: CodeProblem | null) => {
    clearTimeout(timer);
    view.dispatch(setDiagnostics(view.state, problem === null ? [] : [diagnostic(view.state, problem)]));
  };
  const run = () => {
    options.onRun();
    return true;
  };
  const view = new EditorView({
    doc: options.code,
    extensions: [
      Prec.highest(keymap.of([{key: "Mod-Enter", run}])),
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion(),
      javascript(),
      javascriptLanguage.data.of({autocomplete: completions(options.vocabulary)}),
      indentUnit.of("  "),
      EditorState.tabSize.of(2),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({"aria-label": options.label, "aria-describedby": options.describedBy}),
      syntaxHighlighting(colours),
      keymap.of(
        [closeBracketsKeymap, completionKeymap, historyKeymap, lintKeymap, defaultKeymap, indentWithTab].flat()
      ),
      EditorView.updateListener.of(({docChanged, state}) => {
        if (!docChanged) return;
        options.onChange();
        clearTimeout(timer);
        // Code that is being typed is wrong most of the time: wait for a pause.
        timer = setTimeout(() => mark(state.doc.length === 0 ? null : codeProblem(state.doc.toString())), 500);
      })
    ]
  });
  return {
    dom: view.dom,
    code: () => view.state.doc.toString(),
    setCode: (code: string) => view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: code}}),
    focus: () => view.focus(),
    mark
  };
}

/** A problem as a mark on the code: from its place, or its line’s beginning, to the end of the line. */
function diagnostic(state: EditorState, {message, line, column}: CodeProblem): Diagnostic {
  const place = state.doc.line(Math.min(line ?? 1, state.doc.lines));
  const indent = /^\s*/.exec(place.text)?.[0].length ?? 0;
  const from = Math.min(place.from + Math.max(indent, (column ?? 1) - 1), place.to);
  return {from, to: place.to, severity: "error", message};
}

/** Colours are named in editor.css, where each has enough contrast in light and in dark. */
const colours = HighlightStyle.define([
  {tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: "var(--code-keyword)"},
  {tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--code-string)"},
  {tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)"},
  {tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic"},
  {tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--code-function)"},
  {tag: tags.invalid, textDecoration: "underline wavy"}
]);
