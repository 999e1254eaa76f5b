# The review's job on Chem97 with lme4: Rscript lme4-chem97.R chem97.csv schools.csv
# Reads the file, fits, writes every school's effect with its conditional standard error; one line of JSON to standard output.
suppressMessages(library(lme4))
arguments <- commandArgs(TRUE)
rows <- if (requireNamespace("data.table", quietly = TRUE)) data.table::fread(arguments[1], data.table = FALSE) else read.csv(arguments[1])
m <- lmer(score ~ gcsecnt + gender + age + (1 | school) + (1 | lea), data = rows, REML = TRUE,
          control = lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE))
school <- ranef(m, condVar = TRUE)$school
write.csv(data.frame(school = rownames(school), value_added = school[[1]], standard_error = sqrt(as.vector(attr(school, "postVar")))),
          arguments[2], row.names = FALSE, quote = FALSE)
status <- "/proc/self/status"
peak <- if (file.exists(status)) sprintf("%.17g", as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines(status), value = TRUE))) / 1024) else "null"
cat(sprintf('{"criterion":%.17g,"cpuSeconds":%.17g,"peakMegabytes":%s}\n', REMLcrit(m), sum(proc.time()[c(1, 2)]), peak))
