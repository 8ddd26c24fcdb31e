// React 19 and ECharts with lines only, on a page made ahead.
import { createElement } from "react";
import { hydrateRoot } from "react-dom/client";
import { App } from "./app.js";

hydrateRoot(document.getElementById("root"), createElement(App));
