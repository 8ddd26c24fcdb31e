// Vega-Lite, compiled in the page as usual, without the menu and the schema checks of vega-embed.
import { View, parse } from "vega";
import { compile } from "vega-lite";
import { drawn, rows } from "../rows.js";

const values = await rows();
const [box, log] = ["chart", "log"].map((id) => document.getElementById(id));
let view;
const draw = async () => {
    const { spec } = compile({
        width: box.clientWidth - 120,
        height: box.clientHeight - 60,
        data: { values },
        mark: { type: "line", tooltip: true },
        encoding: {
            x: { field: "year", type: "quantitative", axis: { format: "d" }, scale: { zero: false } },
            y: { field: "value", type: "quantitative", title: "billion USD", scale: { type: log.checked ? "log" : "linear" } },
            color: { field: "place", type: "nominal" },
        },
    });
    view?.finalize();
    view = new View(parse(spec), { renderer: "svg", container: box });
    await view.runAsync();
    drawn();
};
log.addEventListener("change", draw);
await draw();
