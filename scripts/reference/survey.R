# Reference values for src/statistics/survey: other program, R's `survey` by Thomas Lumley.
#
#   Rscript scripts/reference/survey.R > src/statistics/survey/survey.reference.json
#
# Needs `survey`. Data: the package's own (scd, api), and forty made-up persons that are written out beside the values.
suppressMessages(library(survey))
options(digits = 15)
json <- function(x) {
  if (is.list(x)) {
    if (is.null(names(x))) return(paste0("[", paste(vapply(x, json, ""), collapse = ", "), "]"))
    return(paste0("{", paste(sprintf("\"%s\": %s", names(x), vapply(x, json, "")), collapse = ", "), "}"))
  }
  value <- formatC(as.numeric(x), digits = 15, format = "g", width = -1)
  if (length(x) == 1) value else paste0("[", paste(value, collapse = ", "), "]")
}
both <- function(estimate) list(value = coef(estimate), error = as.numeric(SE(estimate)))

# Ambulances: three areas of two, from Levy and Lemeshow.
data(scd)
scddes <- svydesign(data = scd, prob = ~1, id = ~ambulance, strata = ~ESA, nest = TRUE)
ratio <- function(design) both(svyratio(~alive, ~arrests, design))
ambulances <- list(
  brr = ratio(as.svrepdesign(scddes, type = "BRR", mse = TRUE)),
  fay = ratio(as.svrepdesign(scddes, type = "Fay", fay.rho = 0.3, mse = TRUE)),
  jkn = ratio(as.svrepdesign(scddes, type = "JKn", mse = TRUE)),
  jknCentred = ratio(as.svrepdesign(scddes, type = "JKn", mse = FALSE)),
  taylor = ratio(scddes)
)

# Made-up persons: four strata of two to four clusters.
i <- 0:39
persons <- data.frame(
  stratum = i %/% 10,
  cluster = c(rep(0:1, each = 5), rep(0:1, each = 5), rep(0:3, c(3, 3, 2, 2)), rep(0:2, c(4, 3, 3))),
  weight = 1 + (i * 7) %% 5,
  x = round(10 * sin(i * 1.3) + i / 4, 2),
  y = round(50 + 8 * cos(i * 0.7) + 3 * sin(i * 1.3) + i / 5, 2),
  g = i %% 3
)
persons$fpc <- c(8, 10, 20, 6)[persons$stratum + 1]
plain <- svydesign(ids = ~cluster, strata = ~stratum, nest = TRUE, weights = ~weight, data = persons)
finite <- svydesign(ids = ~cluster, strata = ~stratum, nest = TRUE, weights = ~weight, fpc = ~fpc, data = persons)
jkn <- as.svrepdesign(plain, type = "JKn", mse = TRUE)
quantiles <- function(rule) {
  q <- svyquantile(~y, jkn, c(0.1, 0.25, 0.5, 0.9), interval.type = "quantile", qrule = rule)
  list(value = coef(q), error = as.numeric(SE(q)))
}
made <- list(
  columns = as.list(persons),
  jknMean = both(svymean(~y, jkn)),
  jknFinite = both(svymean(~y, as.svrepdesign(finite, type = "JKn", mse = TRUE))),
  jknByGroup = both(svyby(~y, ~g, jkn, svymean)),
  jknContrast = both(svycontrast(svyby(~y, ~g, jkn, svymean, covmat = TRUE), c(-1, 0, 1))),
  jknRegression = both(withReplicates(jkn, quote(coef(lm(y ~ x + factor(g), weights = .weights))))),
  step = quantiles("hf1"),
  interpolated = quantiles("hf4"),
  taylorMean = both(svymean(~y, plain)),
  taylorFinite = both(svymean(~y, finite)),
  taylorTotal = both(svytotal(~y, finite)),
  taylorRatio = both(svyratio(~y, ~x, finite)),
  taylorRegression = both(svyglm(y ~ x, plain))
)
# Calibrated to totals of the constant, x and groups; raked to two margins.
totals <- c(`(Intercept)` = 130, x = 620)
greg <- calibrate(plain, ~x, totals)
logit <- calibrate(plain, ~x, totals, calfun = "logit", bounds = c(0.5, 1.8))
exponential <- calibrate(plain, ~x, totals, calfun = "raking")
raked <- rake(plain, list(~g, ~stratum),
  list(data.frame(g = 0:2, Freq = c(40, 50, 40)), data.frame(stratum = 0:3, Freq = c(30, 30, 35, 35))),
  control = list(maxit = 100, epsilon = 1e-10))
made$greg <- c(list(weights = as.numeric(weights(greg))), both(svymean(~y, greg)))
made$logit <- list(weights = as.numeric(weights(logit)))
made$exponential <- list(weights = as.numeric(weights(exponential)))
made$raked <- list(weights = as.numeric(weights(raked)))
response <- glm(as.integer(y > 55) ~ x + g, family = quasibinomial, weights = weight, data = persons,
  control = list(epsilon = 1e-14))
made$propensity <- list(coefficients = coef(response), fitted = fitted(response))

# The API schools: designs of one and two stages.
data(api)
strat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat, fpc = ~fpc)
clus2 <- svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2)
schools <- list(
  stratRegression = both(svyglm(api00 ~ meals + ell, strat)),
  clus2Total = both(svytotal(~enroll, clus2, na.rm = TRUE)),
  clus2Mean = both(svymean(~api00, clus2))
)
cat(json(list(
  meta = list(surveyVersion = as.numeric(substr(as.character(packageVersion("survey")), 1, 3))),
  ambulances = ambulances, made = made, schools = schools
)), "\n")
