/**
 * A page with its language named, a viewport that lets readers zoom, a link that skips the navigation, and a label on
 * the search field. Throws when the template is not the one that was expected, so that nothing is left unmended.
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
    ],
    ["</head>", `<style>${stillStyles}</style>\n</head>`]
  ].reduce((page, [from = "", to = ""]) => {
    if (!page.includes(from)) throw new Error(`the page template has no ${JSON.stringify(from)}`);
    return page.replace(from, () => to);
  }, labelled);
}

/**
 * For the output of cells that stands in the page before its scripts run: it looks as the live output will, and of two
 * drawings the one that fits the window is shown.
 */
const stillStyles = [
  "observablehq-loading:not(:empty){display:contents;font:inherit;color:inherit}",
  "observablehq-loading:not(:empty)::before{content:none}",
  "@media (max-width:543px){[data-width=wide]{display:none!important}}",
  "@media (min-width:544px){[data-width=narrow]{display:none!important}}",
  // What live.js says where live parts are missing.
  "#not-live{position:sticky;bottom:0;z-index:1;margin:1rem 0 0;padding:.5rem .8rem;font:14px/1.4 var(--sans-serif);",
  "background:var(--theme-background-a);border:1px solid;border-left-width:4px}#not-live[hidden]{display:none}",
  "@media print{#not-live{display:none}}"
].join("");
