# Fits one case with lme4: Rscript lme4.R FOLDER ANSWERS
# FOLDER holds the raw columns that value-added/columns.ts keeps; the effects go to ANSWERS as raw float64, the rest to
# standard output as one line of JSON. Shared memberships go through lme4's modular functions with the design matrix of the
# random effects replaced. `calc.derivs = FALSE` leaves out lme4's own check of the optimum, which only takes time.
suppressMessages({ library(Matrix); library(lme4) })
arguments <- commandArgs(TRUE)
folder <- arguments[1]; answers <- arguments[2]
dir.create(answers, showWarnings = FALSE, recursive = TRUE)

raw <- function(name, what, size) {
  file <- file.path(folder, paste0(name, ".", what))
  type <- if (what == "f64") "double" else "integer"
  readBin(file, type, file.size(file) / size, size = size, signed = what != "u8", endian = "little")
}
f64 <- function(name) raw(name, "f64", 8)
i32 <- function(name) raw(name, "i32", 4)
u8 <- function(name) raw(name, "u8", 1)

small <- c("fsm", "senk", "sene", "eal", "fem", "blk", "asn", "mix", "oth", "mob", "mover")
rows <- data.frame(score = f64("score"), prior = f64("prior"), idaci = f64("idaci"), cohort = u8("cohort"))
rows$prior2 <- rows$prior^2
rows$prior3 <- rows$prior^3
for (name in small) rows[[name]] <- u8(name)
schools <- file.size(file.path(folder, "effect.f64")) / 8
cohorts <- max(rows$cohort) + 1L
entries <- i32("school") + 1L
start <- i32("start")
shared <- length(start) > 0
n <- nrow(rows)
rows$school <- if (shared) entries[start[-(n + 1)] + 1L] else entries
if (cohorts > 1) rows$year <- (rows$school - 1L) * cohorts + rows$cohort + 1L
authority <- i32("authority")
if (length(authority) > 0) rows$la <- authority[rows$school] + 1L
share <- if (shared) f64("share")

fixed <- paste("score ~ prior + prior2 + prior3 + fsm + idaci +", paste(small[-1], collapse = " + "))
random <- "(1 | school)"
if (cohorts > 1) { fixed <- paste(fixed, "+ factor(cohort)"); random <- "(1 | school) + (1 | year)" }
if (length(authority) > 0) random <- paste(random, "+ (1 | la)")
model <- as.formula(paste(fixed, "+", random))
control <- lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE)
sizes <- c(school = schools, year = schools * cohorts, la = if (length(authority) > 0) max(authority) + 1L else 0L)

clock <- function(work) {
  gc(FALSE)
  time <- system.time(value <- work)
  list(value = value, wall = time[[3]], cpu = sum(time[c(1, 2, 4, 5)]))
}

# Zt of each group, levels by rows, from the memberships.
memberships <- function() {
  row <- rep.int(seq_len(n), diff(start))
  build <- function(level, levels) sparseMatrix(i = level, j = row, x = share, dims = c(levels, n))
  blocks <- list(school = build(entries, sizes[["school"]]))
  if (cohorts > 1) blocks$year <- build((entries - 1L) * cohorts + rows$cohort[row] + 1L, sizes[["year"]])
  if (length(authority) > 0) blocks$la <- sparseMatrix(i = rows$la, j = seq_len(n), x = 1, dims = c(sizes[["la"]], n))
  blocks
}

fitShared <- function() {
  parsed <- lFormula(model, data = rows, REML = TRUE, control = control)
  terms <- parsed$reTrms
  blocks <- memberships()[names(terms$cnms)]
  counts <- vapply(blocks, nrow, 1L)
  terms$Ztlist[] <- blocks
  terms$Zt <- do.call(rbind, unname(blocks))
  terms$Gp <- c(0L, cumsum(unname(counts)))
  terms$Lind <- rep(seq_along(counts), counts)
  terms$Lambdat <- as(as(Diagonal(sum(counts)), "generalMatrix"), "CsparseMatrix")
  terms$nl <- counts
  parsed$reTrms <- terms
  criterion <- do.call(mkLmerDevfun, c(parsed, list(control = control)))
  optimum <- optimizeLmer(criterion, optimizer = "nloptwrap", calc.derivs = FALSE)
  list(model = mkMerMod(environment(criterion), optimum, terms, fr = parsed$fr), levels = lapply(counts, seq_len))
}

fitted <- clock(if (shared) fitShared() else list(model = lmer(model, data = rows, REML = TRUE, control = control)))
message(sprintf("fitted in %.1f s", fitted$wall)) # so that a run that is stopped later tells how far it came
m <- fitted$value$model
levels <- if (shared) fitted$value$levels else lapply(getME(m, "flist"), function(f) as.integer(base::levels(f)))
levels <- levels[names(getME(m, "cnms"))]
counts <- lengths(levels)
theta <- rep(getME(m, "theta"), counts)
L <- getME(m, "L")

# Conditional standard errors: lme4's own for one school a pupil; for shared memberships the diagonal of the inverse, as far
# as it is affordable (a dense solve), and beyond that for a few effects outside the clock.
affordable <- 5000
inverseDiagonal <- function(columns) {
  unit <- sparseMatrix(i = columns, j = seq_along(columns), x = 1, dims = c(length(theta), length(columns)))
  solved <- solve(L, unit, system = "A")
  sigma(m)^2 * theta[columns]^2 * solved[cbind(columns, seq_along(columns))]
}
conditional <- clock({
  if (!shared) unlist(lapply(ranef(m, condVar = TRUE)[names(levels)], function(r) as.vector(attr(r, "postVar"))))
  else if (length(theta) <= affordable) inverseDiagonal(seq_along(theta))
  else NULL
})
# With the uncertainty of the fixed effects (lme4 has no function for it): the effects' derivative by them is Lambda M^-1 Lambda' Z'X.
prediction <- clock({
  derivative <- theta * as.matrix(solve(L, solve(L, getME(m, "RZX"), system = "Lt"), system = "Pt"))
  rowSums((derivative %*% as.matrix(vcov(m))) * derivative)
})

message(sprintf("standard errors in %.1f s", conditional$wall + prediction$wall))

status <- "/proc/self/status"
peak <- if (file.exists(status)) as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines(status), value = TRUE))) / 1024 else NA
complete <- !is.null(conditional$value)
variances <- if (complete) conditional$value else {
  some <- unique(round(seq(1, length(theta), length.out = 60)))
  replace(rep(NA_real_, length(theta)), some, inverseDiagonal(some))
}

effects <- as.vector(getME(m, "b"))
at <- rep(seq_along(levels), counts)
groups <- intersect(c("school", "year", "la"), names(levels))
for (g in seq_along(groups)) {
  mine <- at == match(groups[g], names(levels))
  spread <- function(values) replace(rep(NaN, sizes[[groups[g]]]), levels[[groups[g]]], values[mine])
  keep <- function(name, values) writeBin(as.double(values), file.path(answers, paste0(g - 1, ".", name, ".f64")), endian = "little")
  keep("estimate", spread(effects))
  keep("conditionalError", spread(sqrt(variances)))
  keep("predictionError", spread(sqrt(variances + prediction$value)))
}

number <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "null")
pairs <- function(...) paste0("{", paste0('"', names(list(...)), '":', c(...), collapse = ","), "}")
list_of <- function(items) paste0("[", paste(items, collapse = ","), "]")
named <- c(school = "school", year = "school:cohort", la = "authority")
spread <- getME(m, "theta")[match(groups, names(levels))]^2 * sigma(m)^2
cat(pairs(
  seconds = number(fitted$wall + conditional$wall + prediction$wall),
  fitSeconds = number(fitted$wall),
  cpuSeconds = number(fitted$cpu + conditional$cpu + prediction$cpu),
  peakMegabytes = number(peak),
  criterion = number(REMLcrit(m)),
  evaluations = number(m@optinfo$feval),
  standardErrors = if (complete) '"all"' else '"none: the dense solve is too big; a few were made outside the clock to compare"',
  fixedEffects = list_of(mapply(function(b, s) pairs(estimate = number(b), standardError = number(s)),
                                fixef(m), sqrt(diag(as.matrix(vcov(m)))))),
  variances = list_of(c(
    mapply(function(g, v) pairs(group = paste0('"', named[[g]], '"'), variance = number(v), standardError = "null"), groups, spread),
    pairs(group = '"residual"', variance = number(sigma(m)^2), standardError = "null")))
), "\n", sep = "")
