# Means and shares from plausible values and Fay's replicates by R's survey and mitools, written into trials.int.test.ts:
#   Rscript scripts/reference/plausible-values.R ../shared/data/reference-assessments
# Written with R 4.2.2, survey 4.1.1, mitools 2.4.
suppressPackageStartupMessages({ library(survey); library(mitools) })
p <- read.csv(file.path(commandArgs(trailingOnly = TRUE)[1], "pisa2018_sample_1269_pv_brr.csv"))
replicates <- grep("^w_fsturwt[0-9]+$", names(p))
design <- svrepdesign(weights = ~w_fstuwt, repweights = p[, replicates], type = "Fay", rho = 0.5, data = p, combined.weights = TRUE, mse = TRUE)
values <- grep("^pv[0-9]+math$", names(p), value = TRUE)
for (country in c("FRA", "ITA", "MEX")) {
  own <- subset(design, cnt == country)
  mean <- MIcombine(lapply(values, function(v) svymean(as.formula(paste0("~", v)), own)))
  share <- MIcombine(lapply(values, function(v) svymean(~y, update(own, y = 1 * (get(v) >= 500)))))
  cat(sprintf('["%s", %.7f, %.7f, %.8f, %.8f],\n', country, coef(mean), sqrt(vcov(mean)), coef(share), sqrt(vcov(share))))
}
