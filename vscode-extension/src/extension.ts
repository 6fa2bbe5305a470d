// The client of the language server: it starts `segql lsp` and says so when it cannot.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

const INSTALL = 'Install it with: pip install "segql[lsp]", or set segql.server.path.';

// While the server starts, this file says what went wrong, once and with buttons.
class Client extends LanguageClient {
  override error(message: string, data?: unknown, show?: boolean | "force"): void {
    super.error(message, data, this.isRunning() ? show : false);
  }
}

let client: Client | undefined;
let output: vscode.LogOutputChannel;
let watcher: vscode.FileSystemWatcher;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  output = vscode.window.createOutputChannel("SegmentQL", { log: true });
  watcher = vscode.workspace.createFileSystemWatcher("**/*.segql");
  context.subscriptions.push(
    output,
    watcher,
    vscode.commands.registerCommand("segql.restartServer", restart),
    vscode.commands.registerCommand("segql.showOutput", () => output.show()),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("segql.server.path")) await restart();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

async function start(): Promise<void> {
  const command = serverPath();
  const started = makeClient(command);
  client = started;
  try {
    await started.start();
  } catch (error) {
    // A server that was stopped meanwhile, by a restart say, is no failure.
    if (client === started) await explain(command, error);
  }
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  try {
    await stopping?.stop();
  } catch (error) {
    output.warn(`the server did not stop in time: ${String(error)}`);
  }
}

function serverPath(): string {
  const setting = vscode.workspace.getConfiguration("segql").get<string>("server.path")?.trim();
  return setting || "segql";
}

function makeClient(command: string): Client {
  // Without a shell: the path is a program, never a command line.
  const server: ServerOptions = { command, args: ["lsp"], options: { shell: false } };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "segql" },
      { scheme: "untitled", language: "segql" },
    ],
    synchronize: { fileEvents: watcher },
    outputChannel: output,
    // This file says it better, with buttons.
    initializationFailedHandler: () => false,
  };
  return new Client("segql", "SegmentQL", server, options);
}

async function explain(command: string, error: unknown): Promise<void> {
  output.error(`\`${command} lsp\` did not start: ${String(error)}`);
  const settings = "Open Settings";
  const show = "Show Output";
  const message = `The SegmentQL server did not start: \`${command} lsp\`. ${INSTALL}`;
  const chosen = await vscode.window.showErrorMessage(message, settings, show);
  if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "segql.server.path");
  } else if (chosen === show) {
    output.show();
  }
}
