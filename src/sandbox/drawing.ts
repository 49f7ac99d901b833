import type {Language} from "../components/language.js";
import {inertBody} from "./markup.js";

/** What the page says to the frame of a drawing: what to show, the page’s variables that it names, labels’ language. */
export interface Drawing {
  readonly markup: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly language: Language;
}

/**
 * What the frame answers: how tall the drawing is, or why it is not shown; and `here` to every other message, which
 * tells a frame that is still at work from one that has stopped.
 */
export type FromDrawing =
  | {readonly type: "drawn"; readonly height: number}
  | {readonly type: "refused"; readonly why: string}
  | {readonly type: "here"};

/**
 * The script of the document in which a result’s markup is shown (drawing.html), the one script there by its policy. It
 * works only in a frame without an origin, which the page can take away.
 */
function main(): void {
  if (self.origin !== "null") return;
  addEventListener("message", function open({data, source, ports: [port]}: MessageEvent<Drawing>) {
    if (source !== window.parent || !port) return;
    removeEventListener("message", open);
    const say = (message: FromDrawing) => port.postMessage(message);
    port.onmessage = () => say({type: "here"});
    const {style, dataset} = document.documentElement;
    for (const [name, value] of Object.entries(data.variables)) style.setProperty(name, value);
    dataset.labels = data.language;
    const shown = inertBody(data.markup);
    if (typeof shown === "string") return say({type: "refused", why: shown});
    document.body.replaceChildren(...shown.childNodes);
    const tell = () => say({type: "drawn", height: document.body.scrollHeight});
    tell();
    // What folds out makes it taller.
    new ResizeObserver(tell).observe(document.body);
  });
}

main();
