// The part of ECharts that the site draws with, and nothing more. Tooltip, legend, title, toolbox and zoom are our own
// HTML: readable by a screen reader, translated, and free of ECharts' inline styles.
import { getInstanceByDom, init as create, use } from "echarts/core";
// By their files: the list of all charts would draw those of web/echarts-flows.js into this chunk.
import { install as BarChart } from "echarts/lib/chart/bar/install.js";
import { install as LineChart } from "echarts/lib/chart/line/install.js";
import { install as ScatterChart } from "echarts/lib/chart/scatter/install.js";
// Without the pointer of its axes, which is for a tooltip.
import { install as GridComponent } from "echarts/lib/component/grid/installSimple.js";
import { MarkLineComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, ScatterChart, GridComponent, MarkLineComponent, LabelLayout, SVGRenderer]);

/** Always SVG: sharp in print and on a projector, and readable by the tests. */
export function init(element, theme, options) {
    return create(element, theme, { ...options, renderer: "svg" });
}

/** Few figures are flows, so what draws them is loaded by those alone. */
export const withFlows = () => import("./echarts-flows.js");

/** For the test that dispose() leaves no instance behind. */
export { getInstanceByDom };
