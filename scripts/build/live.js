// Stands in every published page and brings it to life. Everything can be read without that, so nothing is loaded
// before the page is there; then the scripts are fetched, and they run as soon as the reader does anything, or after a
// while, or at once when the address asks for more than a place in the page.
//
// What cannot be loaded takes nothing away: what stands on the page stays, and a line says so and offers to try again.
{
  const {site, client, page} = document.currentScript.dataset;
  const signs = ["pointermove", "pointerdown", "touchstart", "keydown", "wheel", "scroll", "focusin", "labels-changed"];
  const main = document.querySelector("main");
  const line = Object.assign(document.createElement("p"), {id: "not-live", role: "status", hidden: true});
  main?.append(line);

  /** What did not arrive or start, each with what tries it again. */
  const failed = new Map();
  let started = false;

  const fail = (name, error, again) => {
    failed.set(name, again);
    let reason = navigator.onLine === false ? "there is no network" : String(error?.message ?? error);
    if (location.protocol === "file:")
      reason = "it was opened as a file, and browsers load them from a web server only";
    const retry = Object.assign(document.createElement("button"), {type: "button", textContent: "Try again"});
    retry.addEventListener("click", () => {
      const all = new Set(failed.values());
      failed.clear();
      line.hidden = true;
      for (const control of main.querySelectorAll("[aria-describedby=not-live]")) control.disabled = false;
      for (const go of all) go();
    });
    line.replaceChildren(
      `Live parts of this page could not be loaded (${reason}). What stands here stays; the controls that need them rest. `,
      retry
    );
    line.hidden = false;
    // What a reader works a page with does nothing before its script is there; links and folds need none.
    for (const control of main.querySelectorAll("observablehq-loading :is(select, input, button, textarea)")) {
      control.disabled = true;
      control.title = "Rests, since live parts of this page could not be loaded";
      control.setAttribute("aria-describedby", line.id);
    }
  };

  const failScript = (script) => fail(script, `the script ${script.split("/").at(-1)} did not arrive`, startAnew);
  const load = (script, scripts, then) =>
    Promise.all(scripts.map((each) => import(each))).then(then, (error) => {
      console.error(error);
      failScript(script);
    });
  // The search field’s own script asks for its part by this name; see complete.ts.
  window.loadLive = (script) => load(script, [script]);

  /**
   * Browsers keep what came of a script: only a page that is loaded anew asks again. That is done when there is a page
   * to load, and no reader’s code would be lost.
   */
  const startAnew = async () => {
    const ask = (address) => fetch(address, {cache: "reload"}).catch(() => ({ok: false}));
    const [answer] = await Promise.all([location.href, site, client, page].map(ask));
    if (answer.ok && !document.querySelector(".cm-editor")) location.reload();
    else failScript(page);
  };

  const start = () => {
    if (started) return;
    started = true;
    for (const sign of signs) document.removeEventListener(sign, start);
    load(page, [client, page], ([{define}, cells]) => cells.default(define));
  };
  for (const sign of signs) document.addEventListener(sign, start, {passive: true});
  // Told by the cells themselves; see keepDrawn in framework.ts.
  document.addEventListener("cell-failed", ({detail: {id, error, again}}) => fail(id, error, again));
  addEventListener("load", () => {
    for (const script of window.missingScripts) failScript(script);
    if (location.search || (location.hash && !document.querySelector(":target"))) start();
    for (const href of [site, client, page]) {
      document.head.append(Object.assign(document.createElement("link"), {rel: "modulepreload", href}));
    }
    setTimeout(start, 4000);
  });
}
