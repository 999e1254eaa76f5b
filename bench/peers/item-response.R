# Calibrates one made-up test: Rscript item-response.R FOLDER PERSONS ITEMS MODEL PROGRAM [VALUES]
# With VALUES plausible values (TAM), a latent regression on the two columns of background.f64 too (persons x 3, the constant first).
# FOLDER holds scores.u8: persons x items, row by row, 255 where an item was not given. The clock counts the fit alone, without standard errors where
# the program can leave them out. Ends with a line of JSON, or with code 3 where the program is not installed.
arguments <- commandArgs(TRUE)
folder <- arguments[1]; persons <- as.integer(arguments[2]); items <- as.integer(arguments[3])
model <- arguments[4]; program <- arguments[5]; values <- as.integer(c(arguments, "0")[6])
if (!suppressWarnings(suppressMessages(requireNamespace(program, quietly = TRUE)))) quit(status = 3)
suppressWarnings(suppressMessages(library(program, character.only = TRUE)))

scores <- readBin(file.path(folder, "scores.u8"), "integer", persons * items, size = 1, signed = FALSE)
scores[scores == 255L] <- NA
x <- matrix(scores, persons, items, byrow = TRUE, dimnames = list(NULL, paste0("I", seq_len(items))))
rm(scores); invisible(gc())

clock <- function(work) {
  time <- system.time(value <- work)
  list(value = value, wall = time[[3]], cpu = sum(time[c(1, 2, 4, 5)]))
}
rasch <- model == "rasch"

fitTam <- function() {
  control <- list(progress = FALSE, nodes = seq(-6, 6, length.out = 61), maxiter = 2000)
  m <- if (rasch) TAM::tam.mml(x, control = control, verbose = FALSE)
  else TAM::tam.mml.2pl(x, irtmodel = "2PL", control = control, verbose = FALSE)
  list(logLikelihood = m$deviance / -2, iterations = m$iter, nodes = 61L)
}
fitTamValues <- function() {
  control <- list(progress = FALSE, nodes = seq(-6, 6, length.out = 61), maxiter = 2000)
  y <- matrix(readBin(file.path(folder, "background.f64"), "double", persons * 3), persons, 3, byrow = TRUE)[, 2:3]
  m <- TAM::tam.mml.2pl(x, irtmodel = "2PL", control = control, verbose = FALSE)
  r <- TAM::tam.mml(x, Y = y, xsi.fixed = cbind(seq_along(m$xsi$xsi), m$xsi$xsi), B = m$B, control = control, verbose = FALSE)
  drawn <- TAM::tam.pv(r, nplausible = values, verbose = FALSE)$pv[, -1]
  list(logLikelihood = m$deviance / -2, slope = r$beta[3, 1], residualSd = sqrt(r$variance[1, 1]), mean = mean(as.matrix(drawn)), sd = sd(as.matrix(drawn)))
}
fitMirt <- function() {
  m <- mirt::mirt(as.data.frame(x), 1, itemtype = if (rasch) "Rasch" else "2PL", SE = FALSE, verbose = FALSE,
    quadpts = 61, technical = list(NCYCLES = 2000))
  list(logLikelihood = mirt::extract.mirt(m, "logLik"), iterations = mirt::extract.mirt(m, "iterations"), nodes = 61L)
}
fitDexter <- function() { dexter::fit_enorm(x); list(method = "conditional likelihood") }
fitErm <- function() {
  m <- eRm::RM(x, se = FALSE)
  list(method = "conditional likelihood", conditional = m$loglik)
}
fitPsychotools <- function() {
  m <- psychotools::raschmodel(x, hessian = FALSE)
  list(method = "conditional likelihood", conditional = as.numeric(logLik(m)))
}
work <- switch(program, TAM = if (values > 0) fitTamValues else fitTam, mirt = fitMirt, dexter = fitDexter, eRm = fitErm, psychotools = fitPsychotools)
fitted <- clock(work())

highest <- function() {
  status <- tryCatch(readLines("/proc/self/status"), error = function(e) character())
  line <- grep("^VmHWM", status, value = TRUE)
  if (length(line) == 0) "null" else format(as.numeric(gsub("\\D", "", line)) / 1024, digits = 6)
}
shown <- function(value) if (is.character(value)) sprintf('"%s"', value) else format(value, digits = 12)
figures <- paste(sprintf('"%s":%s', names(fitted$value), vapply(fitted$value, shown, "")), collapse = ",")
cat(sprintf('{"version":"%s %s on R %s","seconds":%.3f,"cpuSeconds":%.3f,"peakMegabytes":%s,"figures":{%s}}\n', program,
  packageVersion(program), getRversion(), fitted$wall, fitted$cpu, highest(), figures))
