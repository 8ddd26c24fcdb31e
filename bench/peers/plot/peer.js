// Observable Plot, as its documentation has lines with a tip.
import { gridY, lineY, plot, pointerX, tip } from "@observablehq/plot";
import { drawn, rows } from "../rows.js";

const data = await rows();
const [box, log] = ["chart", "log"].map((id) => document.getElementById(id));
const draw = () => {
    box.replaceChildren(plot({
        width: box.clientWidth,
        height: box.clientHeight,
        x: { tickFormat: String },
        y: { type: log.checked ? "log" : "linear", label: "billion USD" },
        color: { legend: true },
        marks: [gridY(), lineY(data, { x: "year", y: "value", stroke: "place" }), tip(data, pointerX({ x: "year", y: "value" }))],
    }));
    drawn();
};
log.addEventListener("change", draw);
draw();
