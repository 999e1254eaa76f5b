# The same replicate weights in this program and in R's `survey`; run by survey-exchange.mjs, which says how.
#   Rscript survey-exchange.R samples FOLDER    writes NAME.csv of each sample and NAME.METHOD.theirs.csv of survey's own replicate factors
#   Rscript survey-exchange.R figures FOLDER    reads NAME.METHOD.{theirs,ours}.csv and prints survey's figures and errors as JSON
suppressPackageStartupMessages({ library(survey); library(jsonlite) })
arguments <- commandArgs(TRUE)
folder <- arguments[2]
at <- function(...) file.path(folder, paste(..., sep = "."))
exactly <- function(table) { table[] <- lapply(table, function(x) if (is.numeric(x)) sprintf("%.17g", x) else x); table }
write <- function(table, path) write.csv(exactly(as.data.frame(table)), path, row.names = FALSE, quote = FALSE)

# Sixty-four made-up persons: eight strata of two clusters of four.
i <- 0:63
made <- data.frame(y = round(50 + 8 * cos(i * 0.7) + 3 * sin(i * 1.3) + i / 9, 2), x = round(20 + 9 * sin(i * 1.7) + i / 7, 2),
  g = (i * 7 + i %/% 5) %% 3, w = 1 + (i * 7) %% 5 + (i %/% 8) %% 3, stratum = i %/% 8, cluster = i %/% 4)

samples <- function() {
  # No two values are the same: of equal ones survey's interpolation follows the file's order, and this program's takes them as one point.
  apart <- function(y, by) y + seq_along(y) * by
  data(nhanes); data(api)
  n <- nhanes[!is.na(nhanes$HI_CHOL), ]
  # Some strata have three units: halves take those with two.
  pairs <- with(unique(n[, c("SDMVSTRA", "SDMVPSU")]), names(which(table(SDMVSTRA) == 2)))
  n <- n[as.character(n$SDMVSTRA) %in% pairs, ]
  strata <- with(apistrat, data.frame(y = apart(api00, 1e-3), x = meals + 1, g = as.integer(sch.wide) - 1, w = pw, stratum = as.integer(stype), cluster = seq_along(stype)))
  list(made = made,
    nhanes = with(n, data.frame(y = apart(HI_CHOL, 1e-6), x = WTMEC2YR / 1e4, g = race - 1, w = WTMEC2YR, stratum = SDMVSTRA,
      cluster = as.integer(interaction(SDMVSTRA, SDMVPSU, drop = TRUE)))),
    apiclus1 = with(apiclus1, data.frame(y = apart(api00, 1e-3), x = api99, g = as.integer(stype) - 1, w = pw, stratum = 1, cluster = dnum)),
    apistrat = strata)
}
methods <- list(made = c("JK1", "JKn", "JK2", "BRR", "Fay", "bootstrap"), nhanes = c("JKn", "JK2", "BRR", "Fay", "bootstrap"),
  apiclus1 = c("JK1", "bootstrap"), apistrat = c("JKn", "bootstrap"))

# Survey's own design by a method. JK2 it doesn't make: here the first unit of a pair is out and the second doubled, by turns.
designs <- function(d, method) {
  whole <- if (method == "JK1") svydesign(~cluster, weights = ~w, data = d) else svydesign(~cluster, strata = ~stratum, weights = ~w, data = d)
  if (method == "JK2") {
    zones <- sort(unique(d$stratum))
    out <- sapply(seq_along(zones), function(k) { units <- sort(unique(d$cluster[d$stratum == zones[k]])); gone <- units[1 + k %% 2]
      ifelse(d$stratum != zones[k], 1, ifelse(d$cluster == gone, 0, 2)) })
    return(list(factors = out, scale = 1, rscales = rep(1, length(zones))))
  }
  set.seed(3)
  made <- switch(method, BRR = as.svrepdesign(whole, type = "BRR"), Fay = as.svrepdesign(whole, type = "Fay", fay.rho = 0.3),
    bootstrap = as.svrepdesign(whole, type = "subbootstrap", replicates = 24), as.svrepdesign(whole, type = method))
  list(factors = as.matrix(weights(made, type = "replication")), scale = made$scale, rscales = rep_len(made$rscales, ncol(made$repweights)))
}
eachOf <- function(f) for (name in names(methods)) for (method in methods[[name]]) f(name, method)

figures <- function(d, design) {
  q <- function(rule) suppressWarnings(svyquantile(~y, design, c(0.25, 0.5, 0.9), interval.type = "quantile", qrule = rule))
  errors <- function(x) as.numeric(SE(x))
  by <- svyby(~y, ~g, design, svymean, covmat = TRUE)
  groups <- nrow(by)
  parts <- list(mean = svymean(~y, design), total = svytotal(~y, design), ratio = svyratio(~y, ~x, design), proportion = svymean(~above, design),
    step = q("hf1"), interpolated = q("hf4"), domains = by, gap = svycontrast(by, c(-1, rep(0, groups - 2), 1)))
  list(values = lapply(parts, function(x) as.numeric(coef(x))), errors = lapply(parts, errors))
}

if (arguments[1] == "samples") {
  all <- samples()
  for (name in names(all)) write(all[[name]], at(name, "csv"))
  eachOf(function(name, method) {
    d <- designs(all[[name]], method)
    write(rbind(d$scale * d$rscales, d$factors), at(name, method, "theirs", "csv"))
  })
} else {
  found <- list()
  eachOf(function(name, method) for (whose in c("theirs", "ours")) {
    d <- read.csv(at(name, "csv"))
    d$above <- as.numeric(d$y >= if (name == "nhanes") 0.5 else median(d$y))
    table <- as.matrix(read.csv(at(name, method, whose, "csv")))
    scales <- table[1, ]; factors <- table[-1, ]
    # The first row has what a squared deviation counts: as one scale or, halved, one a replicate; weights combined, or factors beside the weights.
    made <- function(mse, combined) figures(d, svrepdesign(data = d, weights = ~w, repweights = if (combined) factors * d$w else factors, type = "other",
      scale = 0.5, rscales = 2 * scales, combined.weights = combined, mse = mse))
    full <- suppressMessages(made(TRUE, TRUE))
    for (mse in c(TRUE, FALSE)) {
      one <- suppressWarnings(suppressMessages(made(mse, TRUE))); other <- suppressWarnings(suppressMessages(made(mse, FALSE)))
      stopifnot(all.equal(one, other, tolerance = 1e-12))
      found[[name]][[method]][[whose]][[if (mse) "full" else "replicates"]] <<- one$errors
    }
    found[[name]]$values <<- full$values
  })
  cat(toJSON(found, digits = NA, auto_unbox = FALSE))
}
