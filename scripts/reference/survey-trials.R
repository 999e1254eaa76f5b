# Samples that ship with R's `survey`, written out as files with a study file each, and what the package makes of them:
#   Rscript scripts/reference/survey-trials.R FOLDER
# writes FOLDER/NAME.csv, NAME.yaml and NAME.survey.json; ./greenpaper reference-assessments estimate FOLDER/NAME.yaml --json has the same figures.
# Written with R 4.2.2 and survey 4.1.1. Data sets stay in the package.
suppressPackageStartupMessages({ library(survey); library(jsonlite) })
folder <- commandArgs(trailingOnly = TRUE)[1]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)
both <- function(x) list(value = unname(coef(x)[[1]]), error = unname(SE(x)[[1]]))

# One sample: means of y, of all and by group, under one replicate design.
trial <- function(name, table, design, group, lines, program = "survey") {
  write.csv(table, file.path(folder, paste0(name, ".csv")), row.names = FALSE, na = "")
  writeLines(c(paste("title:", name), lines), file.path(folder, paste0(name, ".yaml")))
  by <- svyby(~y, as.formula(paste0("~", group)), design, svymean)
  found <- list(all = both(svymean(~y, design)),
    groups = setNames(lapply(seq_len(nrow(by)), function(i) list(value = by$y[i], error = unname(SE(by))[i])), as.character(by[[group]])))
  writeLines(toJSON(list(program = paste("survey", packageVersion("survey")), figures = found), digits = 10, auto_unbox = TRUE), file.path(folder, paste0(name, ".survey.json")))
}
persons <- function(name, weight = "weight", more = "") sprintf("persons: { files: %s.csv, weight: %s%s }", name, weight, more)
common <- function(group) c("plausibleValues: [y]", sprintf("groups: [%s]", group))

data(nhanes)
n <- nhanes[!is.na(nhanes$HI_CHOL), ]
n <- data.frame(y = n$HI_CHOL, weight = n$WTMEC2YR, stratum = n$SDMVSTRA, psu = n$SDMVPSU, race = n$race)
nd <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = n, nest = TRUE)
trial("nhanes-jkn", n, as.svrepdesign(nd, type = "JKn", mse = TRUE), "race",
  c(persons("nhanes-jkn"), common("race"), "design: { stratum: stratum, cluster: psu, method: JKn }"))
# Some strata have three: paired designs take those with two.
pairs <- with(unique(n[, c("stratum", "psu")]), names(which(table(stratum) == 2)))
p <- n[as.character(n$stratum) %in% pairs, ]
pd <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = p, nest = TRUE)
trial("nhanes-brr", p, as.svrepdesign(pd, type = "BRR", mse = TRUE), "race",
  c(persons("nhanes-brr"), common("race"), "design: { stratum: stratum, cluster: psu, method: BRR }"))
trial("nhanes-fay", p, as.svrepdesign(pd, type = "Fay", fay.rho = 0.3, mse = TRUE), "race",
  c(persons("nhanes-fay"), common("race"), "design: { stratum: stratum, cluster: psu, method: Fay, fay: 0.3 }"))

given <- function(name, design, table, group, method) {
  w <- weights(design, type = "analysis"); colnames(w) <- paste0("rep", seq_len(ncol(w)))
  lines <- if (length(unique(design$rscales)) > 1) stop("unequal scales") else sprintf("design: { replicates: [rep*], method: %s, scale: %.12f }", method, design$scale * design$rscales[1])
  trial(name, cbind(table, w), design, group, c(persons(name), common(group), lines))
}
set.seed(7)
given("nhanes-bootstrap-given", as.svrepdesign(nd, type = "bootstrap", replicates = 60, mse = TRUE), n, "race", "bootstrap")
data(yrbs)
y <- yrbs[!is.na(yrbs$qn8), ]
y <- data.frame(y = as.integer(y$qn8 == 1), weight = y$weight, stratum = y$stratum, psu = y$psu, half = 1 + seq_len(nrow(y)) %% 2)
yd <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = y, nest = TRUE)
trial("yrbs-jkn", y, as.svrepdesign(yd, type = "JKn", mse = TRUE), "half",
  c(persons("yrbs-jkn"), common("half"), "design: { stratum: stratum, cluster: psu, method: JKn }"))
data(api)
c1 <- data.frame(y = apiclus1$api00, weight = apiclus1$pw, dnum = apiclus1$dnum, stype = apiclus1$stype)
cd <- svydesign(~dnum, weights = ~weight, data = c1)
trial("api-jk1", c1, as.svrepdesign(cd, type = "JK1", mse = TRUE), "stype",
  c(persons("api-jk1"), common("stype"), "design: { cluster: dnum, method: JK1 }"))
given("api-jk1-given", as.svrepdesign(cd, type = "JK1", mse = TRUE), c1, "stype", "JK1")
