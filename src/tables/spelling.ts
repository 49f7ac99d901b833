/**
 * A word as it is looked for: without case and marks, and with letters that are spelt in more than one way in one of
 * them, so that “kjønn”, “kjonn” and “kjoenn” are one.
 */
export function spelling(word: string): string {
  return word
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss")
    .replaceAll(/([ao])e|aa/g, (_, letter: string = "a") => letter)
    .slice(0, 20);
}
