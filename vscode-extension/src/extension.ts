// The client of the language server: commands, settings, and the server's life with the editor's.

import * as vscode from "vscode";
import { Server } from "./server";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("SegmentQL", { log: true });
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.segql");
  const started = (server = new Server(output, watcher));
  context.subscriptions.push(
    output,
    watcher,
    vscode.commands.registerCommand("segql.restartServer", () => started.restart()),
    vscode.commands.registerCommand("segql.showOutput", () => output.show()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("segql.server.path")) void started.restart();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void started.restart()),
  );
  // Not awaited: a server that is slow to answer must not hold up the editor.
  void started.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
