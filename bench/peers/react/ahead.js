// What React makes of the page before it is served.
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { App } from "./app.js";

export const content = renderToString(createElement(App));
