import base from "./playwright.config.mjs";
export default { ...base, projects: [base.projects.find(({ name }) => name === "root")], webServer: [base.webServer[0]] };
