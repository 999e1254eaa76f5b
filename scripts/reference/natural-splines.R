# Reference values of natural cubic splines: Rscript natural-splines.R > natural-splines.json
library(splines); library(jsonlite)
x <- c(-2.1, -1.4, -0.9, -0.3, 0, 0.2, 0.7, 1.1, 1.6, 2.4, 3.3)
outside <- c(-3, 4)
b <- ns(x, df = 4)
cat(toJSON(list(software = R.version.string, x = x, outside = outside, knots = unname(attr(b, "knots")),
  inside = unclass(unname(matrix(b, nrow = length(x)))), beyond = unclass(unname(matrix(predict(b, outside), nrow = 2)))), digits = 15, auto_unbox = TRUE, pretty = TRUE))
