// Stands in every published page and brings it to life. Everything can be read without that, so nothing is loaded
// before the page is there; then the scripts are fetched, and they run as soon as the reader does anything, or after a
// while, or at once when the address asks for more than a place in the page.
{
  const {site, client, page} = document.currentScript.dataset;
  const signs = ["pointermove", "pointerdown", "touchstart", "keydown", "wheel", "scroll", "focusin", "labels-changed"];
  let started = false;
  const start = () => {
    if (started) return;
    started = true;
    for (const sign of signs) document.removeEventListener(sign, start);
    Promise.all([import(client), import(page)]).then(([{define}, cells]) => cells.default(define));
  };
  for (const sign of signs) document.addEventListener(sign, start, {passive: true});
  addEventListener("load", () => {
    const place = decodeURIComponent(location.hash.slice(1));
    if (location.search || (place && !document.getElementById(place))) start();
    for (const href of [site, client, page]) {
      document.head.append(Object.assign(document.createElement("link"), {rel: "modulepreload", href}));
    }
    setTimeout(start, 4000);
  });
}
