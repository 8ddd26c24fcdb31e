// The part of ECharts that draws flows, as a chunk of its own.
import { use } from "echarts/core";
import { install as SankeyChart } from "echarts/lib/chart/sankey/install.js";

use([SankeyChart]);
