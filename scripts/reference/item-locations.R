# Difficulties and thresholds with standard errors, from mirt's covariance by the delta method; written into trials.int.test.ts:
#   R_LIBS=<library> Rscript scripts/reference/item-locations.R ../shared/data/reference-assessments
# The covariance is used, not coef(fit, IRTpars = TRUE, printSE = TRUE): for the first threshold of gpcm that has the covariance of slope and intercept with the
# other sign (mirt 1.47; a first threshold of 0.28 where its own covariance gives 0.17). For two parameters both agree.
suppressPackageStartupMessages(library(mirt))
folder <- commandArgs(trailingOnly = TRUE)[1]
located <- function(file, type) {
  x <- read.csv(file.path(folder, file))
  fit <- mirt(x, 1, type, SE = TRUE, SE.type = "Oakes", verbose = FALSE, TOL = 1e-8, quadpts = 121, technical = list(NCYCLES = 20000))
  v <- vcov(fit); p <- extract.mirt(fit, "parvec"); m <- if (type == "2PL") 1 else max(x[, 1]) - min(x[, 1])
  for (j in seq_len(ncol(x))) {
    at <- (j - 1) * (m + 1) + seq_len(m + 1); a <- p[at[1]]; d <- c(0, p[at[-1]])
    for (k in seq_len(m)) {
      g <- numeric(m + 1); g[1] <- (d[k + 1] - d[k]) / a^2; g[k + 1] <- -1 / a; if (k > 1) g[k] <- 1 / a
      cat(sprintf("%s threshold %d: %.6f (%.6f)\n", names(x)[j], k, (d[k] - d[k + 1]) / a, sqrt(t(g) %*% v[at, at] %*% g)))
    }
    g <- numeric(m + 1); g[1] <- d[m + 1] / (m * a^2); g[m + 1] <- -1 / (m * a)
    cat(sprintf("%s difficulty: %.6f (%.6f)\n", names(x)[j], -d[m + 1] / (m * a), sqrt(t(g) %*% v[at, at] %*% g)))
  }
}
located("lsat6_responses_ltm.csv", "2PL")
located("science_gpcm_392x4.csv", "gpcm")
