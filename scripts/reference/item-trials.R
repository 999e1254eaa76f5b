# Published data sets of R packages, written out as files with a study file each, and what TAM, mirt, ltm and eRm make of them:
#   R_LIBS=<library> Rscript scripts/reference/item-trials.R FOLDER [NAME …]
# writes FOLDER/NAME.csv, NAME.yaml and NAME.json; scripts/reference/item-trials.mjs runs the study files and compares.
# Written with R 4.2.2, mirt 1.47, TAM 4.4.2, ltm 1.2.0, CDM 8.2.6, eRm 1.0.2. Data sets stay in their packages: none is copied into the project.
suppressPackageStartupMessages({ library(mirt); library(TAM); library(jsonlite) })
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
wanted <- arguments[-1]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)

from <- function(name, package) { e <- new.env(); data(list = name, package = package, envir = e); e[[name]] }

# One trial: the table, the lines of its study file beside title and persons, and the reference, computed when asked for.
trial <- function(name, table, study, reference) {
  if (length(wanted) > 0 && !(name %in% wanted)) return(invisible())
  write.csv(table, file.path(folder, paste0(name, ".csv")), row.names = FALSE, na = "")
  writeLines(c(paste("title:", name), study), file.path(folder, paste0(name, ".yaml")))
  took <- system.time(values <- reference())
  writeLines(toJSON(values, digits = 10, auto_unbox = TRUE, na = "null"), file.path(folder, paste0(name, ".json")))
  cat(sprintf("%-28s %.1f s\n", name, took[["elapsed"]]))
}

# mirt to the end of its search, with many nodes; a and d in its own scale are ours too (d_k the intercepts of gpcm).
# Its nodes stand between fixed ends: six is too near where a logit is the unit and pupils lie far apart (mobility: wrong by 94 in the log-likelihood).
reach <- function(type) list(NCYCLES = 20000, set.seed = 1, theta_lim = if (type == "Rasch") c(-20, 20) else c(-7, 7))
values <- function(fit, errors = TRUE) {
  groups <- if (is(fit, "MultipleGroupClass")) coef(fit, simplify = TRUE) else list(all = coef(fit, simplify = TRUE))
  items <- groups[[1]]$items
  d <- grep("^d[0-9]*$", colnames(items), value = TRUE); d <- setdiff(d, if (any(d != "d")) "d0" else character())
  out <- list(program = paste("mirt", packageVersion("mirt")), logLikelihood = extract.mirt(fit, "logLik"),
    items = lapply(setNames(rownames(items), rownames(items)), function(i) {
      own <- items[i, ]; steps <- own[intersect(d, names(own))]; steps <- steps[!is.na(steps)]
      list(slope = own[["a1"]], intercepts = as.list(unname(steps)), guessing = if ("g" %in% names(own) && !is.na(own[["g"]])) own[["g"]] else 0)
    }),
    groups = lapply(groups, function(g) list(mean = g$means[[1]], sd = sqrt(g$cov[1, 1]))))
  if (errors) {
    se <- coef(fit, printSE = TRUE)
    if (is(fit, "MultipleGroupClass")) se <- se[[1]]
    out$errors <- lapply(se[names(out$items)], function(m) {
      one <- function(col) if (col %in% colnames(m) && is.finite(m["SE", col])) m["SE", col] else NULL
      list(slope = one("a1"), intercept = one(if ("d" %in% colnames(m)) "d" else "d1"))
    })
  }
  out
}
fitted <- function(answers, type, se = TRUE, nodes = if (type == "Rasch") 321 else 121, ...) values(mirt(answers, 1, itemtype = type, SE = se, SE.type = "Oakes", quadpts = nodes,
  TOL = 1e-7, technical = reach(type), verbose = FALSE, ...), se)
groupsFitted <- function(answers, group, type, se = TRUE, nodes = if (type == "Rasch") 321 else 121, ...) values(multipleGroup(answers, 1, group = group, itemtype = type,
  invariance = c("slopes", "intercepts", "free_means", "free_var"), SE = se, SE.type = "Oakes", quadpts = nodes, TOL = 1e-7, technical = reach(type), verbose = FALSE, ...), se)
study <- function(name, ..., persons = "") c(sprintf("persons: { files: %s.csv%s }", name, persons), ...)
model <- function(m, more = "") sprintf("calibration: { model: %s%s }", m, more)
# --- Dichotomous, complete
wide <- function(name, x, m, type, persons = "") trial(name, x, study(name, model(m), persons = persons), function() fitted(x, type))
mobility <- as.data.frame(from("Mobility", "ltm")); names(mobility) <- gsub(" ", "", names(mobility))
wirs <- as.data.frame(from("WIRS", "ltm"))
wide("mobility-2pl", mobility, "two-parameter", "2PL")
wide("mobility-rasch", mobility, "rasch", "Rasch")
wide("wirs-2pl", wirs, "two-parameter", "2PL")
wide("wirs-rasch", wirs, "rasch", "Rasch")
cqc01 <- from("data.cqc01", "TAM"); wide("cqc01-rasch", cqc01, "rasch", "Rasch"); wide("cqc01-2pl", cqc01, "two-parameter", "2PL")
ecpe <- from("data.ecpe", "CDM")$data[, -1]; wide("ecpe-2pl", ecpe, "two-parameter", "2PL")
jang <- as.data.frame(from("data.jang", "CDM")$data); wide("jang-2pl", jang, "two-parameter", "2PL")
melab <- as.data.frame(from("data.melab", "CDM")$data); wide("melab-2pl", melab, "two-parameter", "2PL")
geiser <- from("data.geiser", "TAM"); wide("geiser-2pl", geiser, "two-parameter", "2PL")
janssen2 <- from("data.janssen2", "TAM"); wide("janssen2-rasch", janssen2, "rasch", "Rasch")
timss03 <- from("data.timss03.G8.su", "CDM")$data[, -(1:2)]; wide("timss2003-2pl", timss03, "two-parameter", "2PL")
numeracy <- from("data.numeracy", "TAM")$scored; wide("numeracy-2pl", numeracy, "two-parameter", "2PL")

# --- Patterns with frequencies
expand <- function(x) x[rep(seq_len(nrow(x)), x[, ncol(x)]), -ncol(x)]
patterns <- function(name, x, m, type) { x <- as.data.frame(x); names(x)[ncol(x)] <- "freq"
  trial(name, x, study(name, model(m), persons = ", frequency: freq"), function() fitted(expand(x), type)) }
patterns("deayala-2pl", from("deAyala", "mirt"), "two-parameter", "2PL")
patterns("deayala-rasch", from("deAyala", "mirt"), "rasch", "Rasch")
patterns("attitude-2pl", from("Attitude", "mirt"), "two-parameter", "2PL")
patterns("slf-2pl", from("SLF", "mirt"), "two-parameter", "2PL")

# --- Polytomous
environment <- as.data.frame(lapply(from("Environment", "ltm"), function(x) as.integer(x) - 1L))
wide("environment-gpcm", environment, "generalised-partial-credit", "gpcm"); wide("environment-pcm", environment, "partial-credit", "Rasch")
science <- as.data.frame(lapply(from("Science", "ltm"), function(x) as.integer(x) - 1L))
wide("science7-gpcm", science, "generalised-partial-credit", "gpcm"); wide("science7-pcm", science, "partial-credit", "Rasch")
wide("gpcm3", from("data.gpcm", "TAM"), "generalised-partial-credit", "gpcm")
wide("cqc02-pcm", from("data.cqc02", "TAM"), "partial-credit", "Rasch")
wide("cqc02-gpcm", from("data.cqc02", "TAM"), "generalised-partial-credit", "gpcm")

# --- Missing by design and by chance
wide("timss2007-2pl", from("data.timss07.G4.lee", "CDM")$data[, -(1:3)], "two-parameter", "2PL")
wide("timss2007-rasch", from("data.timss07.G4.lee", "CDM")$data[, -(1:3)], "rasch", "Rasch")
ex11 <- from("data.ex11", "TAM")[, -1] # 9 is a question left out: wrong
trial("ex11-rasch", ex11, study("ex11-rasch", model("rasch"), "responses: { codes: { omitted: [9] } }"), function() fitted(as.data.frame(lapply(ex11, function(x) ifelse(x == 9, 0, x))), "Rasch"))
missing <- as.data.frame(from("data.sim.rasch.missing", "TAM"))
wide("missing-2pl", missing, "two-parameter", "2PL"); wide("missing-rasch", missing, "rasch", "Rasch")
cqc05 <- from("data.cqc05", "TAM"); wide("cqc05-pcm", cqc05[, -(1:3)], "partial-credit", "Rasch")

# --- Several groups
grouped <- function(name, x, column, m, type, se = TRUE) { x[[column]] <- paste0("g", x[[column]])
  items <- setdiff(names(x), column)
  trial(name, x, study(name, sprintf("responses: { exclude: [%s] }", column), model(m, paste0(", groups: ", column))),
    function() groupsFitted(x[, items], factor(x[[column]], unique(x[[column]])), type, se = se)) }
two <- from("data.timssAusTwn.scored", "TAM"); two <- two[, c(1:11, 12)]
grouped("timss-aus-twn-pcm", two, "IDCNTRY", "partial-credit", "Rasch"); grouped("timss-aus-twn-gpcm", two, "IDCNTRY", "generalised-partial-credit", "gpcm")
asvab <- from("ASVAB", "mirt")
long <- do.call(rbind, lapply(5:8, function(g) data.frame(asvab[rep(1:16, asvab[, g]), 1:4], group = names(asvab)[g])))
grouped("asvab-2pl", long, "group", "two-parameter", "2PL"); grouped("asvab-rasch", long, "group", "rasch", "Rasch")
ex17 <- from("data.ex17", "TAM")[, -1]; grouped("ex17-grades-pcm", ex17, "grade", "partial-credit", "Rasch"); grouped("ex17-grades-gpcm", ex17, "grade", "generalised-partial-credit", "gpcm")
ex16 <- from("data.ex16", "TAM")[, -1]; grouped("ex16-grades-2pl", ex16, "grade", "two-parameter", "2PL")

# --- Sampling weights: mirt takes them as counts, so there are no errors to compare
weighted <- function(name, x, column, m, type) trial(name, x,
  study(name, model(m), persons = sprintf(", weight: %s", column)), function() {
    w <- x[[column]] * nrow(x) / sum(x[[column]])
    fitted(x[, setdiff(names(x), column)], type, se = FALSE, survey.weights = w) })
mg <- from("data.mg", "CDM"); mg <- mg[mg$group == 2, c("weight", paste0("I", 1:11))]; mg <- mg[rowSums(!is.na(mg[, -1])) > 0, ]
weighted("mg-weighted-gpcm", mg[seq(1, nrow(mg), by = 4), ], "weight", "generalised-partial-credit", "gpcm")
weighted("mg-weighted-pcm", mg[seq(1, nrow(mg), by = 4), ], "weight", "partial-credit", "Rasch")
aut <- from("data.timss11.G4.AUT.part", "CDM")$data; aut <- aut[, c("TOTWGT", grep("^M0", names(aut), value = TRUE))]; aut <- aut[rowSums(!is.na(aut[, -1])) > 0, ]
weighted("timss2011-part-weighted-2pl", aut, "TOTWGT", "two-parameter", "2PL")

# --- Three parameters: with a normal prior of the logit of guessing, and with guessing known
sat12 <- from("SAT12", "mirt"); key <- c(1, 4, 5, 2, 3, 1, 2, 1, 3, 1, 2, 4, 2, 1, 5, 3, 4, 4, 1, 4, 3, 3, 4, 1, 3, 5, 1, 3, 1, 5, 4, 5)
sat <- as.data.frame(key2binary(sat12, key)); names(sat) <- names(sat12)
write.csv(data.frame(item = names(sat12), key = key), file.path(folder, "sat12-key.csv"), row.names = FALSE)
keyed <- "items: { files: sat12-key.csv, item: item, key: key }"
trial("sat12-2pl", sat12, study("sat12-2pl", keyed, model("two-parameter")), function() fitted(sat, "2PL"))
trial("sat12-rasch", sat12, study("sat12-rasch", keyed, model("rasch")), function() fitted(sat, "Rasch"))
prior <- function(n) mirt.model(sprintf("F = 1-%d\nPRIOR = (1-%d, g, norm, -1.1, 0.5)", n, n))
priorOfGuessing <- "calibration: { model: three-parameter, priors: { guessing: { mean: -1.1, sd: 0.5 } } }"
threeParameters <- function(name, x, more, answers = x) trial(name, x, study(name, more, priorOfGuessing), function() {
  fit <- mirt(answers, prior(ncol(answers)), itemtype = "3PL", SE = TRUE, SE.type = "Oakes", quadpts = 121, TOL = 1e-7, technical = reach("3PL"), verbose = FALSE)
  values(fit) })
threeParameters("sat12-3pl", sat12, keyed, sat)
lsat <- from("LSAT", "ltm"); names(lsat) <- paste0("I", 1:5)
threeParameters("lsat6-3pl", lsat, NULL)
threeParameters("numeracy-3pl", numeracy, NULL)
# Guessing known, the rest free: mirt and ltm::tpm; the known guessing stands in the items table.
known <- function(name, x, guessing, max.guessing = FALSE) {
  write.csv(data.frame(item = names(x), c = guessing), file.path(folder, paste0(name, "-items.csv")), row.names = FALSE)
  trial(name, x, study(name, sprintf("items: { files: %s-items.csv, item: item, guessing: c }", name), model("three-parameter")), function() {
    parameters <- mirt(x, 1, itemtype = "3PL", pars = "values")
    parameters$value[parameters$name == "g"] <- guessing; parameters$est[parameters$name == "g"] <- FALSE
    fit <- mirt(x, 1, itemtype = "3PL", pars = parameters, SE = TRUE, SE.type = "Oakes", quadpts = 121, TOL = 1e-7, technical = reach("3PL"), verbose = FALSE)
    values(fit) })
}
known("lsat6-guessing-known", lsat, rep(0.2, 5))
known("jang-guessing-known", jang, round(0.15 + 0.1 * (seq_len(37) %% 3) / 2, 2))
