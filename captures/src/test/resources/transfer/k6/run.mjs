// node run.mjs SCRIPT: runs every scenario of the script once and prints, as JSON, its options and what each did.
import { pathToFileURL } from "node:url";
import exec from "k6/execution";
import { done } from "./node_modules/k6/k6.js";

globalThis.__ENV = { MCP_ENDPOINT: "http://127.0.0.1:1/mcp" };
const script = await import(pathToFileURL(process.argv[2]).href);
const scenarios = {};
for (const [name, scenario] of Object.entries(script.options.scenarios)) {
  exec.scenario.name = name;
  done.length = 0;
  script[scenario.exec]();
  scenarios[name] = done.slice();
}
console.log(JSON.stringify({ options: script.options, scenarios: scenarios }));
