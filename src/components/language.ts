/** The language of labels: as the report prints them, or in English. The prose is English in either case. */
export type Language = "no" | "en";

const key = "nav-offices-labels";
const changed = "labels-changed";

/** The language that labels are shown in at this moment: the reader's choice, or English. */
export function currentLanguage(): Language {
  return document.documentElement.dataset.labels === "no" ? "no" : "en";
}

/** Shows all labels in a language, on this page now and on every page from now on. */
export function chooseLanguage(language: Language): void {
  apply(language);
  try {
    localStorage.setItem(key, language);
  } catch {
    // A reader who lets no site store anything chooses again on each page.
  }
}

/**
 * Tells the language of labels now and whenever the reader chooses another. Made for `Generators.observe`, so that a
 * cell that draws labels runs again: `const language = Generators.observe(observeLanguage);`
 */
export function observeLanguage(tell: (language: Language) => void): () => void {
  const listen = () => tell(currentLanguage());
  document.addEventListener(changed, listen);
  listen();
  return () => document.removeEventListener(changed, listen);
}

/** Brings back the reader's choice and connects the switch in the page's header. */
export function startLanguageSwitch(): void {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(key);
  } catch {
    // See chooseLanguage.
  }
  if (kept === "no") apply("no");
  const radios = document.querySelectorAll<HTMLInputElement>("#label-switch input");
  for (const radio of radios) {
    radio.checked = radio.value === currentLanguage();
    radio.addEventListener("change", () => chooseLanguage(radio.value === "no" ? "no" : "en"));
  }
  // A choice made in another window of the site is taken over.
  window.addEventListener("storage", (event) => {
    if (event.key !== key) return;
    apply(event.newValue === "no" ? "no" : "en");
    for (const radio of radios) radio.checked = radio.value === currentLanguage();
  });
}

function apply(language: Language): void {
  document.documentElement.dataset.labels = language;
  document.dispatchEvent(new Event(changed));
}
