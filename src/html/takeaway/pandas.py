import pandas as pd

rows = pd.read_csv("{address}")
print(rows.head())
