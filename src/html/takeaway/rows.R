rows <- read.csv("{address}", fileEncoding = "UTF-8-BOM")
head(rows)
