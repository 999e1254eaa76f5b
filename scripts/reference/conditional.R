# Reference values of conditional maximum likelihood: other programs, eRm 1.0.2 and psychotools 0.7.2, on made-up answers that stand beside them.
#
#   Rscript scripts/reference/conditional.R > src/statistics/item-response/conditional.reference.json
suppressPackageStartupMessages({ library(eRm); library(psychotools); library(jsonlite) })
set.seed(20261126)
draw <- function(theta, steps) { # one item: cumulative steps
  eta <- sapply(0:length(steps), function(k) k * theta - sum(steps[seq_len(k)]))
  p <- exp(eta); p <- p / rowSums(p)
  apply(p, 1, function(row) sample(0:length(steps), 1, prob = row))
}
rows <- function(x) apply(x, 1, function(r) paste(ifelse(is.na(r), ".", r), collapse = ""))
# Difficulties with mean 0 by psychotools, with standard errors.
located <- function(fit) { i <- itempar(fit); list(difficulty = unname(as.numeric(i)), se = unname(sqrt(diag(vcov(i))))) }
lr <- function(fit, by) { t <- LRtest(fit, splitcr = by); list(lr = t$LR, df = t$df, p = t$pvalue) }
fitted <- function(fit) list(logLikelihood = fit$loglik, beta = unname(fit$betapar), se = unname(fit$se.beta))
n <- 420
school <- rep(1:42, each = 10)
group <- rep(c("a", "b"), length.out = n)
theta <- rnorm(42, 0, 0.6)[school] + rnorm(n)
one <- sapply(c(-1.6, -0.9, -0.3, 0, 0.4, 1.1, 1.8), function(b) draw(theta, b))
one[group == "b", 4] <- draw(theta[group == "b"], 0.8) # one item is harder for b
rasch <- RM(one)
w <- 0.5 + (seq_len(n) %% 4) / 2
weighted <- raschmodel(one, weights = w)
# Sandwich by hand over schools, for weighted scores; item 1 is psychotools' reference.
ef <- psychotools:::estfun.raschmodel(weighted); v <- vcov(weighted)
sums <- rowsum(ef, school)
meat <- crossprod(scale(sums, scale = FALSE)) * nrow(sums) / (nrow(sums) - 1)
robust <- v %*% meat %*% v
centre <- function(v) { k <- ncol(v) + 1; full <- matrix(0, k, k); full[-1, -1] <- v; c0 <- diag(k) - 1 / k; c0 %*% full %*% t(c0) }
stopifnot(nrow(ef) == n)
two <- cbind(draw(theta, c(-1, 0.2)), draw(theta, c(0.5, -0.2)), draw(theta, c(-0.6, 0.1, 1.2)), draw(theta, 0.3), draw(theta, c(-0.4, 1)), draw(theta, c(0.2, 0.9)), draw(theta, -0.7))
two[seq(1, n, 3), 1:2] <- NA # booklets
two[seq(2, n, 3), 6:7] <- NA
# eRm's partial credit with booklets depends on the order of the columns (-1136.05 as they stand, -1128.43 with columns 3 to 5 first, which is psychotools'): not used there.
credit <- pcmodel(two)
stopifnot(abs(PCM(two[, c(3, 4, 5, 1, 2, 6, 7)])$loglik - credit$loglik) < 1e-4)
ratio <- function(by) { parts <- lapply(split(seq_len(n), by), function(i) pcmodel(two[i, ]))
  lr <- 2 * (sum(sapply(parts, function(f) f$loglik)) - credit$loglik); df <- sum(sapply(parts, function(f) f$df)) - credit$df
  list(lr = lr, df = df, p = pchisq(lr, df, lower.tail = FALSE)) }
score <- rowSums(two, na.rm = TRUE); form <- seq_len(n) %% 3
high <- score > ave(score, form, FUN = median)
whole <- two[seq(3, n, 3), ]
complete <- PCM(whole)
cat(toJSON(list(
  rasch = list(rows = rows(one), school = school, group = group, weights = w, eRm = fitted(rasch), psychotools = located(raschmodel(one)),
    median = lr(rasch, "median"), byGroup = lr(rasch, factor(group)),
    weighted = list(logLikelihood = as.numeric(weighted$loglik), difficulty = located(weighted)$difficulty, sandwich = sqrt(diag(centre(robust))))),
  partialCredit = list(rows = rows(two), group = group, psychotools = c(list(logLikelihood = as.numeric(credit$loglik)), located(credit)), median = ratio(high), byGroup = ratio(group),
    complete = list(rows = rows(whole), eRm = fitted(complete), psychotools = located(pcmodel(whole))))
), digits = 12, auto_unbox = TRUE), "\n")
