/**
 * A page with its language named, a viewport that lets readers zoom, a link that skips the navigation, and labels.
 * Throws when the template is not the one that was expected, so that nothing is left unmended.
 */
export function finishPage(html: string): string {
  // A page in another language is wholly within an element that says so.
  const [, own] = /<main[^>]*>\s*<div lang="([\w-]+)">/.exec(html) ?? [];
  // Only some pages have these.
  const labelled = html
    .replace('<aside id="observablehq-toc"', '<aside id="observablehq-toc" aria-label="Contents"')
    .replace(/(<aside[^>]*>\s*)<nav>/, '$1<nav aria-label="On this page">')
    .replace(
      '<footer id="observablehq-footer">\n<nav>',
      '<footer id="observablehq-footer">\n<nav aria-label="Previous and next page">'
    );
  return [
    ["<html>", own ? `<html lang="${own}" data-labels="${own}">` : '<html lang="en">'],
    [", maximum-scale=1", ""],
    ['<input type="search" placeholder="Search">', '<input type="search" placeholder="Search" aria-label="Search">'],
    ['<nav id="observablehq-sidebar">', '<nav id="observablehq-sidebar" aria-label="Pages">'],
    [
      '<ol>\n    <label id="observablehq-sidebar-close" for="observablehq-sidebar-toggle"></label>',
      '<label id="observablehq-sidebar-close" for="observablehq-sidebar-toggle"></label>\n  <ol>'
    ],
    ['type="checkbox" title="Toggle sidebar"', 'type="checkbox" aria-label="Show the list of pages"'],
    [
      '<input id="observablehq-sidebar-toggle"',
      '<a class="skip-link" href="#observablehq-main">Skip to the text</a>\n<input id="observablehq-sidebar-toggle"'
    ]
  ].reduce((page, [from = "", to = ""]) => {
    if (!page.includes(from)) throw new Error(`the page template has no ${JSON.stringify(from)}`);
    return page.replace(from, () => to);
  }, labelled);
}
