import csv, io, urllib.request

with urllib.request.urlopen("{address}") as file:
    rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", newline="")))
print(len(rows), rows[0])
