import { createElement as h, useEffect, useRef, useState } from "react";
import { init, use } from "echarts/core";
import { install as LineChart } from "echarts/lib/chart/line/install.js";
import { GridComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import { PLACES, drawn, rows } from "../rows.js";

use([LineChart, GridComponent, TooltipComponent, SVGRenderer]);

/** Title, control and chart; made ahead for the page, then taken over. */
export function App() {
    const [log, setLog] = useState(false);
    const [data, setData] = useState([]);
    const [box, chart] = [useRef(null), useRef(null)];
    useEffect(() => { rows().then(setData); }, []);
    useEffect(() => {
        if (data.length === 0) return;
        if (!chart.current) {
            chart.current = init(box.current, null, { renderer: "svg" });
            chart.current.on("finished", drawn);
        }
        chart.current.setOption({
            animation: false,
            tooltip: { trigger: "axis" },
            xAxis: { type: "value", min: "dataMin", max: "dataMax", axisLabel: { formatter: String } },
            yAxis: { type: log ? "log" : "value", name: "billion USD" },
            series: PLACES.map((place) => ({ name: place, type: "line", data: data.filter((row) => row.place === place).map((row) => [row.year, row.value]) })),
        });
    }, [data, log]);
    return [
        h("h1", { key: "title" }, "Remittances received, year by year"),
        h("label", { key: "log" }, h("input", { id: "log", type: "checkbox", checked: log, onChange: (event) => setLog(event.target.checked) }), " Logarithmic"),
        h("div", { key: "chart", id: "chart", ref: box }),
    ];
}
