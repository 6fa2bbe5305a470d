// The client of the protocol: which documents the server sees, and what it is told of this editor.

import * as vscode from "vscode";
import { type ErrorHandler, LanguageClient } from "vscode-languageclient/node";

// Commands of this extension that the server may put into a code lens or a code action.
const COMMANDS = ["segql.showReferences", "segql.explainRule", "segql.why"];

/** Writes its errors to the output only: the server's life is told elsewhere. */
export class Client extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** A client for `program lsp`, not started yet. */
export function makeClient(
  program: string,
  output: vscode.LogOutputChannel,
  errorHandler: ErrorHandler,
): Client {
  return new Client(
    "segql",
    "SegmentQL",
    { command: program, args: ["lsp"], options: { shell: false } },
    {
      documentSelector: [
        { scheme: "file", language: "segql" },
        { scheme: "untitled", language: "segql" },
      ],
      initializationOptions: { commands: COMMANDS },
      synchronize: { configurationSection: "segql" },
      outputChannel: output,
      initializationFailedHandler: () => false,
      errorHandler,
    },
  );
}
