# Other programs' figures for the value-added methods, on the data beside the repository:
#   Rscript value-added-method.R ../../../shared/data/value-added > ../../src/accountability/value-added/method.reference.json
# R 4.2.2, lme4 1.1-31, nlme 3.1-162.
suppressMessages({library(lme4); library(nlme); library(jsonlite)})
folder <- commandArgs(TRUE)[1]
exam <- read.csv(file.path(folder, "exam.csv"))
gcse <- read.csv(file.path(folder, "gcsemv.csv"))

# Within and between schools (lme4): the same fit in within-between form.
exam$mean <- ave(exam$standlrt, exam$school)
wb <- lmer(normexam ~ I(standlrt - mean) + mean + (1 | school), exam, REML = TRUE, control = lmerControl(optCtrl = list(xtol_abs = 1e-10, ftol_abs = 1e-12)))
b <- fixef(wb)[2:3]; v <- as.matrix(vcov(wb))[2:3, 2:3]
intake <- list(within = list(estimate = b[[1]], standardError = sqrt(v[1, 1])), between = list(estimate = b[[2]], standardError = sqrt(v[2, 2])),
  contextual = list(estimate = b[[2]] - b[[1]], standardError = sqrt(v[1, 1] + v[2, 2] - 2 * v[1, 2])))

control <- lmeControl(opt = "nlminb", maxIter = 500, msMaxIter = 500, tolerance = 1e-9, msTol = 1e-10, apVar = FALSE)

# Two outcomes together (nlme): a multivariate model with an unstructured covariance at both levels.
both <- gcse[complete.cases(gcse[, c("written", "course")]), ]
standard <- function(x) (x - mean(x)) / sqrt(mean((x - mean(x))^2))
long <- rbind(data.frame(school = both$school, student = both$student, gender = both$gender, outcome = "written", y = standard(both$written)),
  data.frame(school = both$school, student = both$student, gender = both$gender, outcome = "course", y = standard(both$course)))
long$outcome <- factor(long$outcome, levels = c("written", "course")); long$pupil <- paste(long$school, long$student)
long <- long[order(long$school, long$pupil, long$outcome), ]
bivariate <- lme(y ~ 0 + outcome + outcome:gender, random = ~ 0 + outcome | school, correlation = corSymm(form = ~ 1 | school / pupil),
  weights = varIdent(form = ~ 1 | outcome), data = long, method = "REML", control = control)
G <- matrix(as.numeric(getVarCov(bivariate)), 2)
alone <- lapply(c("written", "course"), function(o) { m <- lmer(y ~ gender + (1 | school), long[long$outcome == o, ], REML = TRUE); list(outcome = o, school = as.numeric(VarCorr(m)$school), residual = sigma(m)^2, criterion = as.numeric(-2 * logLik(m))) })
outcomes <- list(pupils = nrow(both), schools = length(unique(both$school)), bivariateCovariance = unname(G), bivariateCorrelation = G[1, 2] / sqrt(G[1, 1] * G[2, 2]), alone = alone)

# Residual variance that depends on prior attainment (nlme): exponential in it, and one for each tenth.

exponential <- lme(normexam ~ standlrt, random = ~ 1 | school, weights = varExp(form = ~ standlrt), data = exam, method = "REML", control = control)
n <- nrow(exam); exam$tenth <- NA; exam$tenth[order(exam$standlrt, seq_len(n))] <- findInterval(seq_len(n) - 1, floor((1:9) * n / 10))
exam$tenth <- factor(exam$tenth)
tenths <- lme(normexam ~ standlrt, random = ~ 1 | school, weights = varIdent(form = ~ 1 | tenth), data = exam, method = "REML", control = control)
one <- lme(normexam ~ standlrt, random = ~ 1 | school, data = exam, method = "REML", control = control)
summaryOf <- function(m) { list(criterion = as.numeric(-2 * logLik(m)), school = as.numeric(getVarCov(m)), fixed = unname(fixef(m)), fixedErrors = unname(sqrt(diag(vcov(m)))), sigma = m$sigma) }
ratio <- c(coef(tenths$modelStruct$varStruct, unconstrained = FALSE)); names(ratio) <- sub("^", "", names(ratio))
sd10 <- sapply(0:9, function(k) { key <- as.character(k); tenths$sigma * (if (key %in% names(ratio)) ratio[[key]] else 1) })
residual <- list(one = summaryOf(one), exponential = c(summaryOf(exponential), list(exponent = as.numeric(coef(exponential$modelStruct$varStruct)))),
  tenths = c(summaryOf(tenths), list(variances = unname(sd10^2))))

cat(toJSON(list(intake = intake, outcomes = outcomes, residual = residual), auto_unbox = TRUE, digits = 12, pretty = TRUE), "\n")
