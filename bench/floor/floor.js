// The least that draws this chart: the same rows, ECharts with lines only, no framework, no words of two languages, no table, no source.
// bench/table.mjs measures the site's page of the same chart against it.
import { init, use } from "echarts/core";
import { install as LineChart } from "echarts/lib/chart/line/install.js";
import { GridComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

use([LineChart, GridComponent, TooltipComponent, SVGRenderer]);

const rows = await (await fetch("observations-remittances.json")).json();
const line = (place) => {
    const own = rows.filter((row) => row.series === "wdi-remittances-usd" && row.standing === "current" && row.place === place && row.value !== null);
    return { name: place, type: "line", data: own.map((row) => [Number(row.period_end.slice(0, 4)), row.value / 1e9]) };
};
const chart = init(document.getElementById("chart"), null, { renderer: "svg" });
chart.on("finished", () => document.documentElement.setAttribute("data-drawn", ""));
chart.setOption({
    animation: false,
    tooltip: { trigger: "axis" },
    xAxis: { type: "value", min: "dataMin", max: "dataMax", axisLabel: { formatter: String } },
    yAxis: { type: "value", name: "billion USD" },
    series: ["UKR", "POL", "MDA", "GEO"].map(line),
});
