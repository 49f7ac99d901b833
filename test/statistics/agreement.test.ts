import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {chiSquareTest, yatesTest} from "../../src/statistics/chi-square.js";
import {cramersV} from "../../src/statistics/cramer.js";
import {
  chiSquareCritical,
  chiSquareTail,
  noncentralChiSquareTail,
  normalCritical,
  normalTail
} from "../../src/statistics/distributions.js";
import {exactP, monteCarloTest} from "../../src/statistics/exact.js";
import {holm} from "../../src/statistics/holm.js";
import {newcombe} from "../../src/statistics/newcombe.js";
import {ordinalAssociation} from "../../src/statistics/ordinal.js";
import {seeded} from "../../src/statistics/random.js";
import {coefficient, fitModel} from "../../src/statistics/regression.js";
import {residuals} from "../../src/statistics/residuals.js";
import {fTail, tCritical, tTwoSided} from "../../src/statistics/student.js";
import {trendTest} from "../../src/statistics/trend.js";
import {wilson} from "../../src/statistics/wilson.js";
import {printedCrosstabs} from "../tables/report.js";
import {distance, type Oracle, startOracle} from "./oracle.js";
import {sampleTables} from "./samples.js";

/**
 * Everything in src/analysis that R's base and stats packages can compute too, compared with it: on every crosstab of
 * the report and on 300 random tables, and on grids that reach far into the tails. One R is started for all of it.
 */

const tables = [...printedCrosstabs().map(({counts}) => counts), ...sampleTables().map(({counts}) => counts)];

let r: Oracle;
beforeAll(async () => {
  r = await startOracle();
}, 60_000);
afterAll(() => r.close());

/** Each entry that is further than 1e-10 from R's, or all lengths if they differ: nothing when all agree. */
function disagreements(
  ours: readonly (readonly number[])[],
  theirs: readonly (readonly number[])[],
  tolerance = 1e-10
) {
  expect(ours.length).toBe(theirs.length);
  return ours.flatMap((values, k) => {
    const expected = theirs[k] ?? [];
    return Array.from({length: Math.max(values.length, expected.length)}, (_, index) => {
      const [value, other] = [values[index] ?? Number.NaN, expected[index] ?? Number.NaN];
      return {k, index, value, other, apart: distance(value, other)};
    }).filter(({apart}) => apart > tolerance);
  });
}

/** R: the table without its empty rows and columns. */
const drop = "x <- x[rowSums(x) > 0, colSums(x) > 0, drop = FALSE];";

describe("on every table", () => {
  test("there are the report's 22 crosstabs and 300 others", () => {
    expect(tables.length).toBe(322);
  });

  test("Pearson's chi-square, the likelihood ratio and the expected counts", async () => {
    const theirs = await r.tables(
      `${drop}
       test <- suppressWarnings(chisq.test(x, correct = FALSE)); e <- test$expected; u <- x / e - 1
       ratio <- 2 * sum(ifelse(x == 0, e, e * ((1 + u) * log1p(u) - u)))
       c(test$statistic, test$parameter, test$p.value, ratio, pchisq(ratio, test$parameter, lower.tail = FALSE),
         sum(x), min(e), mean(e < 5), t(e))`,
      tables
    );
    const ours = tables.map((table) => {
      const test = chiSquareTest(table);
      const {statistic, p} = test.likelihoodRatio;
      const expected = test.expected.flat().filter((value) => value > 0);
      return [
        test.statistic,
        test.df,
        test.p,
        statistic,
        p,
        test.n,
        test.minExpected,
        test.shareExpectedBelow5,
        ...expected
      ];
    });
    expect(disagreements(ours, theirs)).toEqual([]);
  });

  test("Yates's correction, on the first two rows and columns of each", async () => {
    const corners = tables
      .map((table) => table.slice(0, 2).map((row) => row.slice(0, 2)))
      .filter((corner) =>
        corner.every((row, i) => (row[0] ?? 0) + (row[1] ?? 0) > 0 && (corner[0]?.[i] ?? 0) + (corner[1]?.[i] ?? 0) > 0)
      );
    expect(corners.length).toBeGreaterThan(200);
    const theirs = await r.tables(
      // Where nothing is left after the correction, R has what rounding leaves of it.
      "test <- suppressWarnings(chisq.test(x)); c(max(test$statistic, 1e-20) - 1e-20, test$p.value)",
      corners
    );
    const ours = corners.map((corner) => {
      const test = yatesTest(corner);
      return [test.statistic, test.p];
    });
    expect(disagreements(ours, theirs)).toEqual([]);
  });

  test("the adjusted residuals and Holm's correction", async () => {
    const theirs = await r.tables(
      `${drop}
       z <- t(suppressWarnings(chisq.test(x, correct = FALSE))$stdres); p <- 2 * pnorm(-abs(z))
       c(z, p, p.adjust(p, "holm"))`,
      tables
    );
    const ours = tables.map((table) => {
      const cells = residuals(table);
      return [
        ...cells.map((cell) => cell.residual),
        ...cells.map((cell) => cell.p),
        ...cells.map((cell) => cell.adjusted)
      ];
    });
    expect(disagreements(ours, theirs)).toEqual([]);
  });

  test("the linear trend", async () => {
    const theirs = await r.tables(
      `r <- cov.wt(cbind(c(row(x)), c(col(x))), wt = c(x) / sum(x), cor = TRUE, method = "ML")$cor[1, 2]
       statistic <- (sum(x) - 1) * r^2
       c(r, statistic, pchisq(statistic, 1, lower.tail = FALSE))`,
      tables
    );
    const ours = tables.map((table) => {
      const {r: correlation, statistic, p} = trendTest(table);
      return [correlation, statistic, p];
    });
    expect(disagreements(ours, theirs)).toEqual([]);
  });

  test("gamma and tau-b with their standard errors and intervals", async () => {
    // The formulas as DescTools writes them, over the pairs of each cell counted one by one.
    const theirs = await r.tables(
      `n <- sum(x); i <- row(x); j <- col(x)
       same <- x; opposite <- x
       for (a in seq_len(nrow(x))) for (b in seq_len(ncol(x))) {
         same[a, b] <- sum(x[(i > a & j > b) | (i < a & j < b)])
         opposite[a, b] <- sum(x[(i > a & j < b) | (i < a & j > b)])
       }
       C <- sum(x * same) / 2; D <- sum(x * opposite) / 2
       gamma <- (C - D) / (C + D)
       psi <- 2 * (D * same - C * opposite) / (C + D)^2
       gamma.se <- sqrt(sum(x * psi^2))
       R <- n^2 - sum(rowSums(x)^2); K <- n^2 - sum(colSums(x)^2); w <- sqrt(R * K)
       tau <- 2 * (C - D) / w
       v <- outer(rowSums(x) * K, colSums(x) * R, "+")
       term <- (2 * w * (same - opposite) + tau * v) / w^2
       tau.se <- sqrt(sum(x * (term - sum(x * term) / n)^2))
       d2 <- sum(x * (same - opposite)^2); rest <- d2 - 4 * (C - D)^2 / n
       p <- if (rest < 1e-12 * d2) -1 else 2 * pnorm(-abs((C - D) / sqrt(rest)))
       z <- qnorm(0.975)
       c(C, D, gamma, gamma.se, max(-1, gamma - z * gamma.se), min(1, gamma + z * gamma.se),
         tau, tau.se, max(-1, tau - z * tau.se), min(1, tau + z * tau.se), p)`,
      tables
    );
    const ours = tables.map((table) => {
      const {gamma, tauB, concordant, discordant, p} = ordinalAssociation(table);
      return [
        concordant,
        discordant,
        ...[gamma, tauB].flatMap(({estimate, standardError, lower, upper}) => [estimate, standardError, lower, upper]),
        p ?? -1
      ];
    });
    expect(disagreements(ours, theirs)).toEqual([]);
  });

  test("Cramér's V and its interval", async () => {
    const theirs = await r.tables(
      `${drop}
       test <- suppressWarnings(chisq.test(x, correct = FALSE)); s <- test$statistic; df <- test$parameter
       below <- function(ncp) pchisq(s, df, ncp = ncp)
       end <- function(level) {
         if (pchisq(s, df) <= level) return(0)
         high <- s + 10
         while (below(high) > level) high <- 2 * high
         uniroot(function(ncp) below(ncp) - level, c(0, high), tol = 1e-13 * high)$root
       }
       pmin(1, sqrt(c(s, end(0.975), end(0.025)) / (sum(x) * (min(dim(x)) - 1))))`,
      tables
    );
    const ours = tables.map((table) => {
      const {estimate, lower, upper} = cramersV(table);
      return [estimate, lower, upper];
    });
    expect(disagreements(ours, theirs)).toEqual([]);
  });

  test("the exact test, wherever it can be done", async () => {
    const small = tables.filter((table) => {
      const n = table.flat().reduce((sum, count) => sum + count, 0);
      return n <= 45 || (table.flat().length <= 6 && n < 1300);
    });
    const theirs = await r.tables("fisher.test(x[rowSums(x) > 0, colSums(x) > 0], workspace = 2e7)$p.value", small);
    const ours = small.map((table) => [exactP(table) ?? Number.NaN]);
    expect(small.length).toBeGreaterThan(100);
    expect(disagreements(ours, theirs)).toEqual([]);
  });
});

describe("on grids", () => {
  const grid = (low: number, high: number, points: number) =>
    Array.from({length: points}, (_, i) => 10 ** (low + ((high - low) * i) / (points - 1)));
  const cross = <A, B>(a: readonly A[], b: readonly B[]) => a.flatMap((x) => b.map((y): [A, B] => [x, y]));

  test("the tails of the normal, chi-square, t and F distributions", async () => {
    const z = [...grid(-4, 1.5, 300), ...grid(-4, 0.9, 100).map((x) => -x)];
    expect(disagreements([z.map(normalTail)], [await r.numbers("pnorm(z, lower.tail = FALSE)", {z})])).toEqual([]);

    const chi = [
      ...cross(grid(-5, 3.1, 120), [1, 2, 3, 4, 6, 8, 9, 12, 15, 18, 30, 100]),
      ...cross(grid(2.5, 4.5, 60), [0.3, 7.5, 150, 151, 1000, 2500, 10_000])
    ];
    const chiR = await r.numbers("pchisq(x, df, lower.tail = FALSE)", {
      x: chi.map(([x]) => x),
      df: chi.map(([, d]) => d)
    });
    expect(disagreements([chi.map(([x, df]) => chiSquareTail(x, df))], [chiR])).toEqual([]);

    const t = cross(grid(-4, 3, 120), [1, 2, 5, 30, 882, 20_000, 3e6]);
    const tR = await r.numbers("2 * pt(-t, df)", {t: t.map(([x]) => x), df: t.map(([, d]) => d)});
    expect(disagreements([t.map(([x, df]) => tTwoSided(-x, df))], [tR])).toEqual([]);

    const f = cross(cross(grid(-3, 2, 80), [1, 2, 15, 40, 3000]), [3, 30, 882, 5000]);
    const fR = await r.numbers("pf(f, a, b, lower.tail = FALSE)", {
      f: f.map(([[x]]) => x),
      a: f.map(([[, a]]) => a),
      b: f.map(([, b]) => b)
    });
    expect(disagreements([f.map(([[x, a], b]) => fTail(x, a, b))], [fR])).toEqual([]);
  });

  test("the noncentral chi-square's tail", async () => {
    const places = cross(
      cross([0.5, 3, 20, 120, 600, 1999, 2001, 5000], [1, 4, 12, 30]),
      [0.1, 2, 25, 90, 500, 1950, 4900]
    );
    const theirs = await r.numbers("1 - pchisq(x, df, ncp = l)", {
      x: places.map(([[x]]) => x),
      df: places.map(([[, df]]) => df),
      l: places.map(([, l]) => l)
    });
    // R gives this tail to some 1e-12 absolute only.
    places.forEach(([[x, df], lambda], k) => {
      expect(Math.abs(noncentralChiSquareTail(x, df, lambda) - (theirs[k] ?? Number.NaN))).toBeLessThan(1e-11);
    });
  });

  test("the quantiles", async () => {
    const tails = cross([0.9, 0.5, 0.05, 0.01, 1e-6, 1e-40], [1, 3, 12, 40]);
    const chiR = await r.numbers("qchisq(p, df, lower.tail = FALSE)", {
      p: tails.map(([p]) => p),
      df: tails.map(([, d]) => d)
    });
    expect(disagreements([tails.map(([p, df]) => chiSquareCritical(p, df))], [chiR])).toEqual([]);
    const levels = cross([0.5, 0.9, 0.95, 0.99, 0.9999], [1, 5, 882]);
    const vectors = {level: levels.map(([level]) => level), df: levels.map(([, df]) => df)};
    const normalR = await r.numbers("qnorm((1 - level) / 2, lower.tail = FALSE)", vectors);
    expect(disagreements([levels.map(([level]) => normalCritical(level))], [normalR])).toEqual([]);
    const tR = await r.numbers("qt((1 - level) / 2, df, lower.tail = FALSE)", vectors);
    expect(disagreements([levels.map(([level, df]) => tCritical(level, df))], [tR])).toEqual([]);
  });

  test("Wilson's and Newcombe's intervals", async () => {
    const random = seeded(8);
    const shares = Array.from({length: 60}, (_, k) => {
      const n = 1 + Math.floor(random() * 1257);
      const m = 1 + Math.floor(random() * 831);
      const level = [0.9, 0.95, 0.99][k % 3] ?? 0.95;
      // Nobody and everybody come up often enough to count.
      const some = (size: number) => (random() < 0.2 ? 0 : random() < 0.2 ? size : Math.floor(random() * (size + 1)));
      return {x: some(n), n, y: some(m), m, level};
    });
    const column = (name: "x" | "n" | "y" | "m" | "level") => shares.map((share) => share[name]);
    const theirs = await r.numbers(
      `unlist(lapply(seq_along(x), function(k) {
         a <- suppressWarnings(prop.test(x[k], n[k], conf.level = level[k], correct = FALSE)$conf.int)
         b <- suppressWarnings(prop.test(y[k], m[k], conf.level = level[k], correct = FALSE)$conf.int)
         p <- x[k] / n[k]; q <- y[k] / m[k]
         c(a, p - q - sqrt((p - a[1])^2 + (b[2] - q)^2), p - q + sqrt((a[2] - p)^2 + (q - b[1])^2))
       }))`,
      {x: column("x"), n: column("n"), y: column("y"), m: column("m"), level: column("level")}
    );
    const ours = shares.flatMap(({x, n, y, m, level}) => {
      const share = wilson(x, n, level);
      const difference = newcombe({count: x, n}, {count: y, n: m}, level);
      return [share.lower, share.upper, difference.lower, difference.upper];
    });
    // R misses 0 and 1 by a rounding error where nobody or everybody is counted; so absolutely.
    expect(ours.length).toBe(theirs.length);
    ours.forEach((value, k) => {
      expect(Math.abs(value - (theirs[k] ?? Number.NaN))).toBeLessThan(1e-12);
    });
  });

  test("Holm's correction, with ties and with more tests than are given", async () => {
    const p = [0.04, 1e-57, 0.2, 0.011, 0.011, 1, 0.0004, 0];
    const theirs = await r.numbers('c(p.adjust(p, "holm"), p.adjust(p, "holm", n = 22))', {p});
    expect(disagreements([[...holm(p), ...holm(p, 22)]], [theirs])).toEqual([]);
  });

  test("what a regression table implies, on a regression that R fits", async () => {
    // R's summary of a standardised regression on the left, everything derived from it in R itself on the right.
    const values = await r.numbers(
      `set.seed(1); n <- 60; a <- rnorm(n); b <- 0.6 * a + rnorm(n); c <- rnorm(n); y <- a - 0.5 * b + rnorm(n)
       data <- data.frame(scale(cbind(y, a, b, c))); model <- lm(y ~ a + b + c, data)
       s <- summary(model); k <- coef(s)["b", ]; without <- summary(lm(y ~ a + c, data))
       partial <- cor(resid(lm(y ~ a + c, data)), resid(lm(b ~ a + c, data)))
       as.numeric(c(k[1], k[3], s$r.squared, k[4], k[2], confint(model, "b"), partial, s$r.squared - without$r.squared,
         1 / (1 - summary(lm(b ~ a + c, data))$r.squared), s$fstatistic[1],
         pf(s$fstatistic[1], 3, n - 4, lower.tail = FALSE), s$adj.r.squared))`
    );
    const [beta = 0, t = 0, r2 = 0, ...expected] = values;
    const model = {n: 60, predictors: 3, r2};
    const one = coefficient(beta, t, model);
    const all = fitModel(model);
    const ours = [one.p, one.standardError, one.lower, one.upper, one.partial, one.unique, one.inflation, all.f, all.p];
    expect(disagreements([[...ours.map((value) => value ?? Number.NaN), all.adjustedR2]], [expected])).toEqual([]);
  });

  test("the Monte Carlo p, against as many tables drawn by R", async () => {
    const table = printedCrosstabs().find(({table}) => table === 24)?.counts ?? [];
    const [fisher = 0, pearson = 0] = await r.numbers(
      `set.seed(1); x <- matrix(counts, nrow = 4, byrow = TRUE)
       c(fisher.test(x, simulate.p.value = TRUE, B = 50000)$p.value, chisq.test(x, simulate.p.value = TRUE, B = 50000)$p.value)`,
      {counts: table.flat()}
    );
    for (const [order, expected] of [
      ["probability", fisher],
      ["chi_square", pearson]
    ] as const) {
      const {p, standardError} = monteCarloTest(table, {order, replicates: 50_000, seed: 7});
      expect(Math.abs(p - expected) / (standardError * Math.SQRT2)).toBeLessThan(4);
    }
  });
});
