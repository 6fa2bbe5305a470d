// Why a profile is in a segment, or is not: asked of the server, and shown beside the text.

import * as vscode from "vscode";
import type { Position } from "vscode-languageclient/node";
import type { Server } from "./server";

const SCHEME = "segql-why";
const PLACE = vscode.Uri.from({ scheme: SCHEME, path: "/Why" });

/** The last answer, as a document that can only be read. It and the profile are written nowhere. */
export class Why implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(
    SCHEME,
    this,
  );
  private profile = "";
  private text = "";

  readonly onDidChange = this.changed.event;

  constructor(private readonly server: Server) {}

  /** Ask for a profile, and show the answer. A code lens says the place; else the cursor does. */
  async ask(uri?: unknown, position?: unknown): Promise<void> {
    const place = typeof uri === "string" ? [uri, position] : atCursor();
    const profile = await this.chooseProfile();
    if (!profile) return;
    const { text } = await this.server.execute<{ text: string }>(
      "segql.server.why",
      ...place,
      profile,
    );
    this.text = text;
    this.changed.fire(PLACE);
    const document = await vscode.workspace.openTextDocument(PLACE);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
    });
  }

  provideTextDocumentContent(): string {
    return this.text;
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  private async chooseProfile(): Promise<string | undefined> {
    const answer = await vscode.window.showInputBox({
      title: "Why Is a Profile in It, or Not?",
      prompt: 'A value that identifies a profile, or its line in the file, as in "line 12"',
      value: this.profile,
      ignoreFocusOut: true,
    });
    const profile = answer?.trim();
    if (profile) this.profile = profile;
    return profile;
  }
}

function atCursor(): [uri: string, position: Position] {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "segql") throw new Error("Put the cursor into a segment.");
  const { line, character } = editor.selection.active;
  return [editor.document.uri.toString(), { line, character }];
}
