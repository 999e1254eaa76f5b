# Reference values from public samples: other program, R's `survey`; trend and Rubin's rules written out below.
#
#   Rscript scripts/reference/survey-samples.R FOLDER > src/statistics/survey/survey-samples.reference.json
#
# FOLDER has eatrep_simulated_trend_reading_long.csv (of CRAN's eatRep: fictional countries, two cycles, linking errors) and
# pisa2018_sample_1269_pv_brr.csv (of CRAN's Rrepest).
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
read <- function(name) read.csv(file.path(folder, name))
number <- function(x) formatC(as.numeric(x), digits = 15, format = "g", width = -1)
json <- function(x) {
  if (is.list(x)) return(paste0("{", paste(sprintf("\"%s\": %s", names(x), vapply(x, json, "")), collapse = ", "), "}"))
  if (length(x) == 1) number(x) else paste0("[", paste(number(x), collapse = ", "), "]")
}
# Rubin's rules over imputations of one statistic.
pool <- function(estimates, variances) {
  m <- length(estimates)
  list(value = mean(estimates), sampling = mean(variances), measurement = (1 + 1 / m) * var(estimates))
}
# JK2: a zone's side 1 doubled, side 0 out.
jk2 <- function(d) {
  zones <- sort(unique(d$jkzone))
  replicates <- sapply(zones, function(z) ifelse(d$jkzone != z, d$wgt, ifelse(d$jkrep == 1, 2 * d$wgt, 0)))
  svrepdesign(data = d, weights = ~wgt, repweights = replicates, type = "other", scale = 1,
    rscales = rep(1, length(zones)), combined.weights = TRUE, mse = TRUE)
}
cycles <- read("eatrep_simulated_trend_reading_long.csv")
cycles <- cycles[order(cycles$year, cycles$idstud, cycles$imp), ]
means <- function(country, year, statistic) {
  found <- lapply(sort(unique(cycles$imp)), function(i) {
    design <- jk2(cycles[cycles$year == year & cycles$imp == i & cycles$country == country, ])
    statistic(design)
  })
  pool(sapply(found, function(x) as.numeric(coef(x))), sapply(found, function(x) as.numeric(SE(x))^2))
}
trend <- function(country) {
  years <- sort(unique(cycles$year))
  both <- lapply(years, function(y) means(country, y, function(d) svymean(~score, d)))
  share <- lapply(years, function(y) means(country, y, function(d) svymean(~passReg, d)))
  link <- unique(cycles$leScore[cycles$country == country])[1]
  total <- sum(sapply(both, function(x) x$sampling + x$measurement)) + link^2
  list(first = both[[1]], second = both[[2]], share = share[[2]], link = link,
    change = both[[2]]$value - both[[1]]$value, error = sqrt(total))
}
pisa <- read("pisa2018_sample_1269_pv_brr.csv")
fay <- svrepdesign(data = pisa, weights = ~w_fstuwt, repweights = as.matrix(pisa[, sprintf("w_fsturwt%d", 1:80)]),
  type = "Fay", rho = 0.5, combined.weights = TRUE, mse = TRUE)
maths <- grep("^pv[0-9]+math$", names(pisa), value = TRUE)
pooled <- function(statistic) {
  found <- lapply(maths, function(pv) statistic(as.formula(paste0("~", pv))))
  pool(sapply(found, function(x) as.numeric(coef(x))), sapply(found, function(x) as.numeric(SE(x))^2))
}
sex <- lapply(maths, function(pv) svycontrast(svyby(as.formula(paste0("~", pv)), ~st004d01t, fay, svymean, covmat = TRUE), c(-1, 1)))
countries <- sort(unique(cycles$country))
cat(json(list(
  trend = setNames(lapply(countries, trend), countries),
  pisa = list(
    values = length(maths),
    mean = pooled(function(f) svymean(f, fay)),
    gap = pool(sapply(sex, function(x) as.numeric(coef(x))), sapply(sex, function(x) as.numeric(SE(x))^2))
  )
)), "\n")
