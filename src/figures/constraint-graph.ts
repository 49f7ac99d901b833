import * as Plot from "@observablehq/plot";
import type {ColumnTable} from "arquero";
import {forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY} from "d3-force";
import {rowsOf} from "../tables/counts.js";
import type {TableId} from "../tables/table-id.js";
import type {Drawing, FigureOptions} from "./drawing.js";
import {frame, halo, plotStyle, room} from "./style.js";

type Point = Readonly<Record<"x" | "y", number>>;
type GraphVariable = Readonly<Record<"variable" | "label", string>>;

/** A printed crosstab, as a line between its two variables. */
interface GraphLink {
  readonly source: string;
  readonly target: string;
  readonly tables: readonly TableId[];
}

/**
 * The constraint graph: variables are points, and a line joins two that some table crosses; it carries the tables’
 * numbers. The layout is computed the same way every time.
 *
 * @param table a row a line: the columns of {@link GraphLink}
 * @param names the variables, those too that no table crosses
 */
export function constraintGraph(
  table: ColumnTable,
  names: readonly string[],
  {label, ...options}: FigureOptions
): Drawing {
  const {width, narrow} = room(options.width, 760);
  const links = rowsOf<GraphLink>(table);
  const variables = names.map((variable) => ({variable, label: label(variable)}));
  const lines = links.map((d) => [label(d.source), label(d.target), d.tables.join(", ")] as const);
  return {
    node: (narrow ? arcs : graph)(variables, links, width),
    language: "en",
    words: `A graph of ${variables.length} questions. ${lines.map(([a, b, tables]) => `${a} with ${b} in table ${tables}`).join("; ")}.`,
    numbers: lines.map(([a, b, tables]) => ({"One question": a, "The other": b, Tables: tables}))
  };
}

function graph(variables: readonly GraphVariable[], links: readonly GraphLink[], width: number): Drawing["node"] {
  const linked = new Set(links.flatMap(({source, target}) => [source, target]));
  const nodes = variables
    .filter(({variable}) => linked.has(variable))
    .map(({variable, label}, i, {length}) => {
      const angle = (2 * Math.PI * i) / length;
      return {id: variable, label, x: 100 * Math.cos(angle), y: 100 * Math.sin(angle)};
    });
  forceSimulation(nodes)
    .force(
      "links",
      forceLink(links.map((link) => ({...link})))
        .id((node) => (node as (typeof nodes)[number]).id)
        .distance(70)
    )
    .force("apart", forceManyBody().strength(-620))
    .force("collide", forceCollide(46))
    .force("x", forceX(0).strength(0.06))
    .force("y", forceY(0).strength(0.1))
    .stop()
    .tick(400);
  const place = new Map(nodes.map((node) => [node.id, node]));
  const lines = links.map(({source, target, tables}) => {
    const [a, b] = [source, target].map((end) => place.get(end) ?? {x: 0, y: 0}) as [Point, Point];
    return {x1: a.x, y1: a.y, x2: b.x, y2: b.y, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, tables: tables.join(", ")};
  });
  return Plot.plot({
    ...frame(width, width * 0.8, [50, 62, 16, 62]),
    style: {...plotStyle, fontSize: "12.5px"},
    x: {axis: null},
    y: {axis: null},
    marks: [
      Plot.link(lines, {x1: "x1", y1: "y1", x2: "x2", y2: "y2", strokeOpacity: 0.45, strokeWidth: 1.5}),
      Plot.text(lines, {
        x: "x",
        y: "y",
        text: "tables",
        fill: "var(--theme-foreground-muted)",
        ...halo,
        fontSize: 10.5
      }),
      Plot.dot(nodes, {x: "x", y: "y", r: 5, fill: "currentColor"}),
      Plot.text(nodes, {
        x: "x",
        y: "y",
        text: "label",
        dy: -13,
        fontWeight: 600,
        lineWidth: 8,
        lineAnchor: "bottom",
        ...halo,
        fill: "currentColor"
      })
    ]
  });
}

/** The same where there is little room: the variables in a column, those with most lines first, and an arc a table. */
function arcs(variables: readonly GraphVariable[], links: readonly GraphLink[], width: number): Drawing["node"] {
  const degree = (name: string) => links.filter(({source, target}) => source === name || target === name).length;
  const rows = [...variables]
    .filter(({variable}) => degree(variable) > 0)
    .sort((a, b) => degree(b.variable) - degree(a.variable));
  const place = new Map(rows.map(({variable}, i) => [variable, i]));
  const lines = links.map(({source, target}) => {
    const ends = [source, target].map((end) => place.get(end) ?? 0);
    return {from: Math.min(...ends), to: Math.max(...ends)};
  });
  return Plot.plot({
    ...frame(width, rows.length * 25 + 10, [4, 8, 4, 172]),
    style: {...plotStyle, fontSize: "12px"},
    x: {axis: null, domain: [0, 1]},
    y: {axis: null, domain: [-0.5, rows.length - 0.5], reverse: true},
    marks: [
      Plot.arrow(lines, {x1: 0, x2: 0, y1: "to", y2: "from", bend: -70, headLength: 0, strokeOpacity: 0.5}),
      Plot.dot(rows, {x: 0, y: (_, i) => i, r: 4, fill: "currentColor"}),
      Plot.text(rows, {
        x: 0,
        y: (_, i) => i,
        dx: -9,
        text: "label",
        textAnchor: "end",
        lineWidth: 13.5,
        lineHeight: 0.95
      })
    ]
  });
}
