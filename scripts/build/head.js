// Stands first in every published page. Where the browser lets a page keep nothing, what is kept lasts as long as the
// page: scripts that ask for it go on. And scripts that do not arrive are noted, for live.js to tell.
for (const name of ["localStorage", "sessionStorage"]) {
  try {
    window[name].getItem("");
  } catch {
    const kept = new Map();
    const value = {
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, text) => void kept.set(String(key), String(text)),
      removeItem: (key) => void kept.delete(String(key))
    };
    Object.defineProperty(window, name, {value, configurable: true});
  }
}
window.missingScripts = [];
addEventListener("error", ({target}) => target instanceof HTMLScriptElement && missingScripts.push(target.src), true);
