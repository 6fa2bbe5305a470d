// The extension: which command does what, and the server's life with the editor's.

import * as vscode from "vscode";
import { plan, push } from "./account";
import { telling } from "./messages";
import { explainRule, providePages } from "./rules";
import { Server } from "./server";
import { Status } from "./status";
import { Why } from "./why";
import { checkWorkspace, openExample, showReferences } from "./workspace";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("SegmentQL", { log: true });
  const status = new Status();
  const started = (server = new Server(output, (...news) => status.show(...news)));
  const why = new Why(started);
  const commands = {
    "segql.restartServer": () => started.restart(),
    "segql.showOutput": () => output.show(),
    "segql.checkWorkspace": telling(() => checkWorkspace(started)),
    "segql.explainRule": telling((code?: unknown) => explainRule(started, code)),
    "segql.why": telling((uri?: unknown, position?: unknown) => why.ask(uri, position)),
    "segql.showReferences": telling(showReferences),
    "segql.push": telling(push),
    "segql.plan": telling(plan),
    "segql.openExample": telling(() => openExample(context.extensionUri)),
  };
  context.subscriptions.push(
    output,
    status,
    providePages(started),
    why,
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
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
