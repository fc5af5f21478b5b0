# Reference numbers for ForensicHeads.Reporting.Tests from R packages: pROC (AUC, DeLong) and survey (Korn and Graubard).
# Debian 12: apt-get install r-base-core r-cran-proc r-cran-survey; then: /usr/bin/python3 statistics.py DIR && Rscript statistics.R DIR
# Printed with R 4.2.2, pROC 1.18.0, survey 4.1-1.
suppressPackageStartupMessages({library(pROC); library(survey)})
show <- function(name, ...) cat(name, sprintf("%.12g", c(...)), "\n")
folder <- commandArgs(trailingOnly = TRUE)[1]
A <- read.csv(file.path(folder, "A.csv"))

curve <- roc(A$generated, A$score, levels = c(0, 1), direction = "<", quiet = TRUE)
show("auc", as.numeric(auc(curve)))
show("variance, DeLong", var(curve, method = "delong"))
show("tpr at fpr 5 %", max(curve$sensitivities[1 - curve$specificities <= 0.05]))

# Korn and Graubard: people are the clusters
items <- data.frame(person = rep(1:6, c(10, 10, 10, 12, 10, 8)), right = unlist(Map(function(k, n) c(rep(1, k), rep(0, n - k)), c(9, 10, 4, 8, 10, 7), c(10, 10, 10, 12, 10, 8))))
share <- svyciprop(~right, svydesign(id = ~person, weights = ~1, data = items), method = "beta")
show("korn-graubard", share, attr(share, "ci"))

show("holm", p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.9), "holm"))

# McNemar's test of one pair a person, and the survey package's linearised total of clustered differences t: Obuchowski's chi-square is (K - 1) t^2 / (K - 1 + t^2)
B <- read.csv(file.path(folder, "B.csv"))
first <- (A$score > 0.7) == (A$generated == 1)
second <- (B$score > 0.7) == (B$generated == 1)
show("mcnemar", mcnemar.test(table(first, second), correct = FALSE)$statistic)
total <- svytotal(~difference, svydesign(id = ~person, weights = ~1, data = data.frame(person = A$person, difference = first - second)))
t <- as.numeric(coef(total) / SE(total))
K <- length(unique(A$person))
show("clustered mcnemar", (K - 1) * t^2 / (K - 1 + t^2))
