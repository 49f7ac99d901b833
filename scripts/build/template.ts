import changes from "./template.json" with {type: "json"};

/**
 * A page with its language named, a viewport that lets readers zoom, a link that skips the navigation, and labels.
 * Throws when the template is not the one that was expected, so that nothing is left unmended.
 */
export function finishPage(html: string): string {
  // A page in another language is wholly within an element that says so.
  const [, own] = /<main[^>]*>\s*<div lang="([\w-]+)">/.exec(html) ?? [];
  const language = ["<html>", own ? `<html lang="${own}" data-labels="${own}">` : '<html lang="en">'];
  const labelled = changes.some
    .reduce((page, [from = "", to = ""]) => page.replace(from, to), html)
    .replace(/(<aside[^>]*>\s*)<nav>/, '$1<nav aria-label="On this page">');
  return [language, ...changes.each].reduce((page, [from = "", to = ""]) => {
    if (!page.includes(from)) throw new Error(`the page template has no ${JSON.stringify(from)}`);
    return page.replace(from, () => to);
  }, labelled);
}
