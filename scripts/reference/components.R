# Reference values of principal components: other program, R's prcomp and eigen, on made-up columns that stand beside them.
#
#   Rscript scripts/reference/components.R > src/statistics/item-response/persons/components.reference.json
suppressPackageStartupMessages(library(jsonlite))
set.seed(90)
n <- 50
f <- matrix(rnorm(n * 2), n)
x <- cbind(10 + 3 * f[, 1] + rnorm(n), -2 * f[, 1] + rnorm(n), 0.1 * f[, 2] + 0.02 * rnorm(n), f[, 2] + rnorm(n), as.integer(f[, 1] + f[, 2] > 0), as.integer(rnorm(n) > 1), rnorm(n))
x <- round(x, 4)
w <- 1 + (seq_len(n) %% 5)
# The sign of a component is free: turned so that its largest loading is above nought.
turn <- function(v) apply(v, 2, function(one) one * sign(one[which.max(abs(one))]))
plain <- prcomp(x, scale. = TRUE)
of <- cov.wt(x, w / sum(w), cor = TRUE, method = "ML")
weighted <- eigen(of$cor)
z <- scale(x, center = of$center, scale = sqrt(diag(of$cov)))
scores <- z %*% turn(weighted$vectors) %*% diag(1 / sqrt(weighted$values))
cat(toJSON(list(x = x, weights = w,
  plain = list(variances = plain$sdev^2, rotation = turn(plain$rotation), cumulative = cumsum(plain$sdev^2) / ncol(x)),
  weighted = list(variances = weighted$values, scores = scores[c(1, 17, 50), 1:3])), digits = 12, auto_unbox = TRUE), "\n")
