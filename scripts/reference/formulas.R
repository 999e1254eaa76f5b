# Columns of R's model.matrix for many formulas, for src/statistics/formula/formulas.reference.json.
# Run: Rscript scripts/reference/formulas.R > src/statistics/formula/formulas.reference.json
# Made with R 4.2.2, splines of the same, lme4 1.1-31, jsonlite.
suppressMessages({ library(jsonlite); library(splines); library(lme4) })
options(contrasts = c("contr.treatment", "contr.poly"))
n <- 16
d <- data.frame(
  y = c(3.1, 2.4, 5.2, 4.8, 1.9, 3.3, 4.1, 2.8, 5.9, 4.4, 3.7, 2.2, 4.9, 3.5, 5.1, 2.6),
  x = c(0.2, -1.4, 1.8, 0.9, -2.1, 0.4, 1.1, -0.7, 2.5, 0.6, -0.3, -1.9, 1.5, 0.1, 2.2, -1.1),
  z = c(4, 7, 1, 9, 3, 6, 2, 8, 5, 4, 7, 1, 9, 3, 6, 2.5),
  year = rep(c(9, 10, 11, 10), 4),
  a = rep(c("red", "green", "blue", "green"), c(4, 5, 4, 3)),
  b = rep(c("yes", "no"), 8),
  c = rep(c("p", "q", "q", "p", "r"), length.out = n),
  `my col` = (1:n)^2 / 10,
  check.names = FALSE, stringsAsFactors = FALSE
)
fixed <- c(
  "1", "0 + x", "x - 1", "x", "x + z", "x + I(x^2) + I(x^3)", "I(x * z)", "I((x + z)/2) + I(-x)", "log(z)", "sqrt(z) + exp(x) + abs(x)",
  "log(z + 1)", "scale(x)", "scale(x, scale = FALSE) + z", "a", "0 + a", "a + b", "0 + a + b", "b + x + a - 1", "a * b", "a:b", "0 + a:b", "a + a:b",
  "b + a:b", "a * x", "x:a", "x + x:a", "a:x + b", "0 + x:a", "0 + x + a:x", "a * b * x", "a * b - b", "(a + b + x)^2", "(a + b + c)^2 - a:b", "a/b",
  "b/a", "a/x", "(a + b)/x", "b %in% a", "a + b %in% a", "x * z + a * x", "b + a + a:b", "a:b + b:c", "a:b:c", "a + b:c", "b:c + a:b:x",
  "factor(year)", "factor(year) * x", "0 + factor(year) + b", "year + a", "poly(x, 1)", "poly(x, 2)", "poly(x, 3)", "poly(z, 4)",
  "poly(x, 3, raw = TRUE)", "poly(x, 2) * b", "poly(log(z), 2)", "poly(x, degree = 2) + a:poly(x, degree = 2)", "ns(x, df = 1)", "ns(x, df = 3)",
  "ns(x, df = 4) * b", "ns(x, knots = c(-1, 0.5))", "ns(x, df = 3, Boundary.knots = c(-2, 2))",
  "ns(x, knots = c(-1, 0.5), Boundary.knots = c(-1.5, 1.75))", "`my col` + x", "`my col` * a", "log(`my col`) + I(`my col`^2)",
  "relevel(factor(a), ref = \"red\")", "relevel(factor(a), ref = \"green\") * x", "I(1e5 * x) + I(x/0.0001) + I(123456 * x)", "x + x + x:x", "a * a",
  "poly(x, 2):a", "a:poly(x, 2)", "0 + poly(x, 2):a"
)
columns <- function(m) lapply(seq_len(ncol(m)), function(j) list(name = colnames(m)[j], values = signif(unname(m[, j]), 15)))
cases <- lapply(fixed, function(f) list(right = f, columns = columns(model.matrix(as.formula(paste("y ~", f)), d))))
# Random parts: lme4's terms, their coefficients and their levels' number.
d$g <- rep(1:5, length.out = n); d$h <- rep(c("u", "v", "w", "u"), each = 4); d$k <- rep(c("s", "t"), c(9, 7))
random <- c(
  "(1 | g)", "(1 + x | g)", "(x | g)", "(0 + x | g)", "(x || g)", "(x + z || g)", "(1 | g) + (1 | h)", "(1 | g:h)", "(1 | h/k)",
  "(b | g)", "(0 + b | g)", "(b || g)", "(poly(x, 2) | g)", "(x * b | g)", "(1 + x | h/k)"
)
parts <- lapply(random, function(f) {
  parsed <- lFormula(as.formula(paste("y ~ x +", f)), d, control = lmerControl(
    check.nobs.vs.nlev = "ignore", check.nobs.vs.nRE = "ignore", check.nlev.gtr.1 = "ignore", check.nobs.vs.rankZ = "ignore"))
  t <- parsed$reTrms
  list(random = f, terms = lapply(seq_along(t$cnms), function(i) list(
    group = sub("\\.\\d+$", "", names(t$cnms)[i]), coefficients = I(t$cnms[[i]]),
    levels = I(sort(levels(t$flist[[attr(t$flist, "assign")[i]]]))))))
})
cat(toJSON(list(data = d, fixed = cases, random = parts), digits = 15, auto_unbox = TRUE, dataframe = "columns"), "\n")
