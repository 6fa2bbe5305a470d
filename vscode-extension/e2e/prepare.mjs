// What a run needs: VS Code's own packages, the extension as people get it, and segql beside it.

import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { NODE, placeOptions, VSCODE } from "./editor.mjs";

const run = promisify(execFile);
const HERE = import.meta.dirname;
const EXTENSION = path.join(HERE, "..");

const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.editor.useModal": "off",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  "window.commandCenter": false,
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "editor.fontSize": 15,
  "editor.hover.above": false,
  "segql.account.profile": "staging",
  "files.exclude": { "**/.venv": true },
  "terminal.integrated.gpuAcceleration": "off", // rows of text instead of a canvas
};

/** A fresh home with a copy of the shop, the installed extension, and segql. */
export async function prepare(project) {
  const home = mkdtempSync(path.join(tmpdir(), "segql-vscode-"));
  const shop = copyShop(home);
  writeSettings(home, "User", SETTINGS);
  const [bin] = await Promise.all([
    installSegql(home, project),
    installVscodePackages().then(() => installExtension(home)),
  ]);
  return { home, shop, bin };
}

/** A copy of the workspace that the tests may change. */
export function copyShop(folder) {
  const shop = path.join(folder, "shop");
  cpSync(path.join(HERE, "shop"), shop, { recursive: true });
  return shop;
}

/** Write settings, as an edit of their file would: those of the User, or of the Machine. */
export function writeSettings(home, whose, settings) {
  const folder = path.join(home, "data", whose);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "settings.json"), JSON.stringify(settings));
}

/** The environment of the editor: nothing of this machine's user is in it. */
export function environment(home, bin, more = {}) {
  const { LANG = "C.UTF-8", TZ = "UTC" } = process.env;
  return { HOME: home, PATH: [bin, "/usr/bin", "/bin"].join(path.delimiter), LANG, TZ, ...more };
}

/** `segql[lsp,sql]` in an environment that has nothing else; return where its programs are. */
async function installSegql(home, project) {
  const place = path.join(home, "python");
  await run(process.env.PYTHON ?? "python3", ["-m", "venv", place]);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  await run(path.join(place, "bin", "python"), [...pip, `${project}[lsp,sql]`]);
  return path.join(place, "bin");
}

/** code-server leaves these packages to a script of its own; they are kept for the next run. */
async function installVscodePackages() {
  if (existsSync(path.join(VSCODE, "node_modules", ".package-lock.json"))) return;
  const install = ["install", "--omit=dev", "--omit=optional", "--ignore-scripts"];
  await run("npm", [...install, "--no-audit", "--no-fund"], { cwd: VSCODE });
}

async function installExtension(home) {
  await run("npm", ["run", "package"], { cwd: EXTENSION });
  const vsix = path.join(EXTENSION, "segql.vsix");
  const server = path.join(VSCODE, "out", "server-main.js");
  await run(NODE, [server, ...placeOptions(home), "--install-extension", vsix]);
}
