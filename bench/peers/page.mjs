// The page around a peer's chart, as one that stands before its script would be served: title, a control, room for the chart.
export const page = (content) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Remittances received</title>
<link rel="icon" href="data:,">
<style>
body { font: 16px system-ui, sans-serif; margin: 16px; }
#chart { height: 420px; }
</style>
<link rel="preload" as="fetch" crossorigin href="observations-remittances.json">
</head>
<body>
<div id="root">${content}</div>
<script type="module" src="peer.js"></script>
</body>
</html>
`;

export const PLAIN = `<h1>Remittances received, year by year</h1><label><input id="log" type="checkbox"> Logarithmic</label><div id="chart"></div>`;
