# Reference fits of simulated data: Rscript mixed-models.R > ../../src/statistics/mixed-model/simulated.reference.json
# Every case is fitted by lme4's own criterion (mkLmerDevfun) from two starts by bobyqa, then Newton steps on Richardson
# differences; effects and their errors by dense or sparse algebra at that optimum. Small data stand in the output;
# large data are made again by the test from the same Lehmer generator.
suppressMessages({library(lme4); library(Matrix); library(numDeriv); library(splines); library(jsonlite)})

# Lehmer's generator (Park & Miller 1988): exact in doubles, so that both languages draw the same numbers.
state <- 1
u <- function(n) { out <- numeric(n); s <- state; for (i in seq_len(n)) { s <- (s * 48271) %% 2147483647; out[i] <- s }; state <<- s; out / 2147483647 }
z <- function(n) colSums(matrix(u(12 * n), 12)) - 6
seed <- function(k) { state <<- k * 7919 + 1; invisible(u(10)) }
r3 <- function(v) round(v * 1000) / 1000

# A term: entries (row, level, weight) and the matrix of its coefficients' columns.
one <- function(group, level, cols = NULL, L = max(level)) list(group = group, row = seq_along(level), level = level, weight = NULL, cols = cols, L = L)
many <- function(group, row, level, weight, cols = NULL, L = max(level)) list(group = group, row = row, level = level, weight = weight, cols = cols, L = L)
Zof <- function(t, n) { k <- 1 + NCOL0(t$cols); w <- if (is.null(t$weight)) rep(1, length(t$row)) else t$weight
  C <- cbind(rep(1, n), t$cols)
  do.call(rbind, lapply(1, function(.) sparseMatrix(i = as.vector(sapply(seq_len(k), function(j) (t$level - 1) * k + j)), j = rep(t$row, k),
    x = as.vector(sapply(seq_len(k), function(j) w * C[t$row, j])), dims = c(t$L * k, n)))) }
NCOL0 <- function(m) if (is.null(m)) 0 else NCOL(m)
mult <- function(t, y, b) { w <- if (is.null(t$weight)) 1 else t$weight; C <- cbind(rep(1, length(y)), t$cols); v <- w * rowSums(C[t$row, seq_len(NCOL(b)), drop = FALSE] * b[t$level, , drop = FALSE]); y + as.vector(tapply(v, factor(t$row, levels = seq_along(y)), sum, default = 0)) }

fitCase <- function(y, X, terms, REML) {
  n <- length(y); Zl <- lapply(terms, Zof, n = n); ks <- sapply(terms, function(t) 1 + NCOL0(t$cols)); Ls <- sapply(terms, `[[`, "L")
  tri <- lapply(ks, function(k) which(lower.tri(diag(k), TRUE), arr.ind = TRUE)); m <- sapply(tri, nrow); off <- c(0, cumsum(m))
  qs <- ks * Ls; Gp <- c(0L, as.integer(cumsum(qs)))
  li <- lj <- lind <- integer(0)
  for (t in seq_along(terms)) for (e in seq_len(m[t])) { a <- tri[[t]][e, ]; base <- Gp[t] + (seq_len(Ls[t]) - 1) * ks[t]
    lj <- c(lj, base + a[["row"]]); li <- c(li, base + a[["col"]]); lind <- c(lind, rep(off[t] + e, Ls[t])) }
  o <- order(lj, li); Lambdat <- sparseMatrix(i = li, j = lj, x = 1, dims = rep(sum(qs), 2)); Lambdat@x <- rep(1, length(lind))
  Lind <- as.integer(lind[o]); isd <- unlist(lapply(tri, function(a) a[, 1] == a[, 2])); Zt <- do.call(rbind, Zl)
  flist <- lapply(terms, function(t) factor(rep_len(seq_len(t$L), n), levels = seq_len(t$L))); names(flist) <- sapply(terms, `[[`, "group"); attr(flist, "assign") <- seq_along(terms)
  theta0 <- as.numeric(isd); Lambdat@x <- theta0[Lind]
  reTrms <- list(Zt = Zt, theta = theta0, Lind = Lind, Gp = Gp, lower = ifelse(isd, 0, -Inf), Lambdat = Lambdat, flist = flist,
    cnms = setNames(lapply(ks, function(k) paste0("c", seq_len(k))), names(flist)), Ztlist = Zl, nl = setNames(Ls, names(flist)))
  fr <- model.frame(y ~ 1, data.frame(y = y)); ctl <- lmerControl(check.nobs.vs.nlev = "ignore", check.nobs.vs.nRE = "ignore", check.nobs.vs.rankZ = "ignore")
  dev <- mkLmerDevfun(fr, X, reTrms, REML = REML, control = ctl)
  best <- NULL
  for (st in list(theta0 * 0.5, theta0 * 1.5)) { cur <- st
    for (k in 1:4) { op <- suppressWarnings(nloptwrap(cur, function(x) as.numeric(dev(x)), lower = reTrms$lower, upper = rep(Inf, length(cur)), control = list(xtol_abs = 1e-12, ftol_abs = 1e-12, xtol_rel = 1e-10, ftol_rel = 1e-15, maxeval = 20000))); cur <- op$par + ifelse(isd, 1e-3, 0) * (k < 4) }
    if (is.null(best) || op$fval < best$fval) best <- list(par = op$par, fval = op$fval) }
  th <- best$par; f <- function(x) as.numeric(dev(x)); singular <- any(th[isd] < 1e-4); polished <- FALSE
  if (!singular) for (k in 1:3) { H <- hessian(f, th); g <- grad(f, th); st <- tryCatch(solve(H, g), error = function(e) NULL); if (is.null(st)) break
    if (f(th - st) <= f(th) + 1e-8) { th <- th - st; polished <- TRUE } }
  crit <- f(th); p <- ncol(X)
  # Algebra at the optimum, apart from lme4: V-free, by the penalised equations.
  Lt <- Lambdat; Lt@x <- th[Lind]; M <- Lt %*% Zt %*% t(Zt) %*% t(Lt) + Diagonal(nrow(Zt)); M <- forceSymmetric(M)
  W <- Lt %*% Zt; U <- solve(M, cbind(W %*% X, W %*% y)); A <- crossprod(cbind(X, y)) - as.matrix(crossprod(cbind(as.matrix(W %*% X), as.matrix(W %*% y)), U))
  Ai <- if (p > 0) solve(A[1:p, 1:p, drop = FALSE]) else matrix(0, 0, 0); beta <- if (p > 0) as.vector(Ai %*% A[1:p, p + 1]) else numeric(0)
  rss <- A[p + 1, p + 1] - sum(beta * A[seq_len(p), p + 1]); df <- n - if (REML) p else 0; s2 <- rss / df
  D <- t(Lt) %*% U; b <- as.vector(D[, p + 1] - if (p > 0) D[, 1:p, drop = FALSE] %*% beta else 0)
  sample <- if (nrow(Zt) > 60) round(seq(1, nrow(Zt), length.out = 40)) else seq_len(nrow(Zt))
  R <- Lt[, sample, drop = FALSE]; cv <- s2 * colSums(as.matrix(R * solve(M, R)))
  pv <- cv + if (p > 0) s2 * rowSums((as.matrix(D[sample, 1:p, drop = FALSE]) %*% Ai) * as.matrix(D[sample, 1:p, drop = FALSE])) else 0
  vc <- function(t, th, s2) { k <- ks[t]; L <- matrix(0, k, k); L[tri[[t]]] <- th[off[t] + seq_len(m[t])]; (s2 * L %*% t(L))[lower.tri(diag(k), TRUE)] }
  comp <- c(unlist(lapply(seq_along(terms), vc, th = th, s2 = s2)), s2); se <- NULL
  if (!singular) { # observed information in (theta, log sigma^2), by the delta method
    full <- function(x) { e <- environment(dev); k <- length(x); c0 <- f(x[-k]); r <- e$pp$sqrL(1) + e$resp$wrss(); c0 - df * (1 + log(2 * pi * r / df)) + r / exp(x[k]) + df * (log(2 * pi) + x[k]) }
    Hf <- hessian(full, c(th, log(s2))); J <- jacobian(function(x) c(unlist(lapply(seq_along(terms), vc, th = x[-length(x)], s2 = exp(x[length(x)]))), exp(x[length(x)])) / s2, c(th, log(s2)))
    se <- s2 * sqrt(2 * diag(J %*% solve(Hf) %*% t(J))); f(th) }
  list(criterion = crit, fixed = beta, fixedError = if (p > 0) sqrt(s2 * diag(Ai)) else numeric(0), variances = comp, varianceErrors = se, singular = singular,
    sample = sample - 1, effects = b[sample], conditional = sqrt(cv), prediction = sqrt(pv))
}
sig <- function(x) if (is.null(x)) NULL else if (is.logical(x)) x else signif(x, 10)
out <- list()
case <- function(name, y, X, terms, methods = "REML", data = TRUE, note = NULL, errors = TRUE) {
  entry <- list(note = note)
  if (data) entry$data <- list(y = y, x = lapply(seq_len(ncol(X)), function(j) unname(X[, j])), terms = lapply(terms, function(t) Filter(Negate(is.null), list(group = t$group, levels = t$L, row = if (is.null(t$weight)) NULL else t$row - 1, level = t$level - 1, weight = t$weight, cols = if (is.null(t$cols)) NULL else lapply(seq_len(NCOL(t$cols)), function(j) unname(as.matrix(t$cols)[, j]))))))
  for (m in methods) { tm <- system.time(r <- fitCase(y, X, terms, m == "REML"))[[3]]; message(sprintf("%-28s %s %.8f %.1f s%s", name, m, r$criterion, tm, if (r$singular) " singular" else "")); r$criterion <- signif(r$criterion, 14); if (!errors) r$varianceErrors <- NULL; entry[[m]] <- c(list(criterion = r$criterion), lapply(r[-1], sig)) }
  out[[name]] <<- Filter(Negate(is.null), entry)
}
shared <- function(n, L, share, near, most = 4, round = FALSE, total = 1) { home <- floor(u(n) * L); moved <- u(n) < share; extra <- ifelse(moved, 1 + floor(u(n) * (most - 1)), 0)
  row <- rep(seq_len(n), 1 + extra); first <- !duplicated(row); step <- ifelse(first, 0, 1 + floor(u(length(row)) * near)); level <- (home[row] + step) %% L + 1
  w <- 0.2 + u(length(row)); w <- w / ave(w, row, FUN = sum) * total; if (round) w <- floor(w * 100 + 0.5) / 100; list(row = row, level = level, weight = w) }

I <- function(n) matrix(1, n, 1)
both <- c("REML", "ML")

seed(1); n <- 300; g <- one("school", floor(u(n) * 25) + 1, r3(z(n)), 25); x <- g$cols
b <- cbind(z(25) * 0.6, z(25) * 0.3); b[, 2] <- b[, 2] + 0.3 * b[, 1]
case("random slope", r3(mult(g, 1 + 0.5 * x + z(n), b)), cbind(1, x), list(g), both)

seed(2); n <- 450; x1 <- r3(z(n)); x2 <- r3(u(n)); g <- one("school", floor(u(n) * 30) + 1, cbind(x1, x2), 30)
b <- cbind(z(30) * 0.7, z(30) * 0.4, z(30) * 0.9); b[, 3] <- b[, 3] - 0.6 * b[, 1]
case("three coefficients", r3(mult(g, 2 + x1 - x2 + z(n), b)), cbind(1, x1, x2), list(g), both)

seed(3); n <- 360; yr <- 2015 + floor(u(n) * 9); g <- one("school", floor(u(n) * 24) + 1, yr, 24)
bb <- cbind(z(24) * 0.6, z(24) * 0.15); b <- cbind(bb[, 1] - 2019 * bb[, 2], bb[, 2])
c2 <- yr - 2019; gc <- g; gc$cols <- c2; y <- r3(mult(gc, 3 + 0.05 * c2 + z(n), bb))
case("slope on a year", y, cbind(1, c2), list(g), "REML", errors = FALSE, note = "the slope's own column keeps its origin; differences in its theta of thousands say nothing of the errors")
case("slope on a year, centred", y, cbind(1, c2), list(gc), "REML", note = "the same model: the same criterion")
tiny <- g; tiny$cols <- c2 * 1e-6
case("slope of tiny scale", y, cbind(1, c2), list(tiny), "REML")

seed(4); n <- 400; gs <- list(one("a", floor(u(n) * 20) + 1, L = 20), one("b", floor(u(n) * 15) + 1, L = 15), one("c", floor(u(n) * 8) + 1, L = 8))
y <- z(n); for (t in gs) y <- mult(t, y, cbind(z(t$L) * 0.6)); case("three crossed groups", r3(y), I(n), gs, both)

seed(5); n <- 480; k <- floor(u(n) * 96); gs <- list(one("class", k + 1, L = 96), one("school", k %/% 4 + 1, L = 24), one("authority", k %/% 16 + 1, L = 6)); x <- r3(z(n))
y <- z(n) + 0.4 * x; for (t in gs) y <- mult(t, y, cbind(z(t$L) * 0.5)); case("three nested levels", r3(y), cbind(1, x), gs, "REML")

seed(6); n <- 400; s <- shared(n, 30, 0.3, 29, total = 0.8); g <- many("school", s$row, s$level, r3(s$weight), L = 30); x <- r3(z(n))
case("shares that do not add up to one", r3(mult(g, 1 + 0.5 * x + z(n), cbind(z(30) * 0.6))), cbind(1, x), list(g), both)
s <- shared(n, 30, 0.3, 29, round = TRUE); s$weight[s$row %% 17 == 0 & !duplicated(s$row)] <- 0; g <- many("school", s$row, s$level, s$weight, L = 30)
case("rounded shares, some zero", r3(mult(g, 1 + 0.5 * x + z(n), cbind(z(30) * 0.6))), cbind(1, x), list(g), "REML")
s <- shared(n, 12, 0.7, 3, round = TRUE); g <- many("school", s$row, s$level, s$weight, L = 12)
case("strong multiple membership", r3(mult(g, 1 + 0.5 * x + z(n), cbind(z(12) * 1.2))), cbind(1, x), list(g), both)
s <- shared(n, 20, 0.4, 5, round = TRUE); g <- many("school", s$row, s$level, s$weight, x, L = 20)
case("multiple membership with a slope", r3(mult(g, 1 + 0.5 * x + z(n), cbind(z(20) * 0.6, z(20) * 0.4))), cbind(1, x), list(g), both)

seed(7); n <- 540; s <- shared(n, 18, 0.2, 17, round = TRUE); co <- floor(u(n) * 3); x <- r3(z(n))
gs <- list(many("school", s$row, s$level, s$weight, L = 18), many("cohort", s$row, (s$level - 1) * 3 + co[s$row] + 1, s$weight, L = 54), one("primary", floor(u(n) * 25) + 1, L = 25))
y <- z(n) + 0.5 * x; for (t in gs) y <- mult(t, y, cbind(z(t$L) * 0.5)); case("shared schools, their cohorts, primaries", r3(y), cbind(1, x, co == 1, co == 2) + 0, gs, "REML")

seed(8); n <- 240; lv <- rep(1:24, each = 10); g <- one("school", lv); y <- z(n); y <- r3(y - ave(y, lv) * 0.9); case("a variance of zero", y, I(n), list(g), both)
seed(25); n <- 120; lv <- rep(1:12, 10); x <- r3(z(n)); g <- one("school", lv, x); b <- z(12) * 0.5; y <- r3(mult(g, z(n), cbind(b, 0.6 * b)))
case("a correlation of one", y, cbind(1, x), list(g), both)

seed(9); n <- 300; g <- one("school", floor(u(n) * 20) + 1, L = 20); x <- r3(z(n)); y <- mult(g, 1 + 0.5 * x + z(n), cbind(z(20) * 0.6))
case("a response in millions", round(y * 1e6), cbind(1, x), list(g), "REML"); case("a response in ten thousandths", round(y * 1000) / 1e7, cbind(1, x), list(g), "ML")
d1 <- rep(0, n); d1[c(7, 91, 203)] <- 1; d2 <- rep(0, n); d2[5] <- 1; near <- r3(x) + r3(z(n)) * 1e-4
case("nearly collinear, rare dummies", r3(y + near + d1), cbind(1, x, near, d1, d2), list(g), both)
case("no covariates", r3(y), I(n), list(g), both); case("no intercept", r3(y), cbind(x), list(g), both)
case("natural spline", r3(y + x^2), cbind(1, matrix(ns(x, df = 4), n)), list(g), "REML", note = "x[1..4] are ns(x, df = 4)")

seed(10); sizes <- c(500, 180, 60, 30, 12, 6, 4, 3, 2, 2, rep(1, 25)); lv <- rep(seq_along(sizes), sizes); n <- length(lv); x <- r3(z(n)); g <- one("school", lv)
case("groups of 1 to 500 rows", r3(mult(g, 1 + 0.3 * x + z(n), cbind(z(35) * 0.8))), cbind(1, x), list(g), both)

# Large ones: made again by the test, statement for statement.
large <- function(k, n, L, share, near, sd) { seed(k); s <- shared(n, L, share, near); x <- z(n); g <- many("school", s$row, s$level, s$weight, L = L); b <- z(L) * sd
  list(y = mult(g, 0.5 * x + z(n), cbind(b)), x = x, g = g) }
d <- large(11, 5000, 1300, 0.7, 6, 0.8); case("large, strongly shared", d$y, cbind(1, d$x), list(d$g), "REML", data = FALSE)
d <- large(12, 30000, 2000, 0.1, 1999, 0.3); case("large, weakly shared", d$y, cbind(1, d$x), list(d$g), both, data = FALSE)
cat(toJSON(list(software = paste(R.version.string, "lme4", packageVersion("lme4")), cases = out), digits = NA, auto_unbox = FALSE, null = "null"), "\n", sep = "")
