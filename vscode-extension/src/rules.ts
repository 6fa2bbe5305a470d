// The page of a rule, as the server writes it, in the preview of Markdown.

import * as vscode from "vscode";
import type { Server } from "./server";

const SCHEME = "segql-rule";

interface Rule {
  code: string;
  name: string;
  summary: string;
}

/** Serve the pages as documents that can only be read. */
export function providePages(server: Server): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async (uri) => await pageOf(server, codeOf(uri)),
  });
}

/** Show the page of a rule; without a code, ask for one. */
export async function explainRule(server: Server, code?: unknown): Promise<void> {
  const wanted = typeof code === "string" ? code : await chooseRule(server);
  if (wanted === undefined) return;
  if ((await pageOf(server, wanted)) === null) throw new Error(`There is no rule "${wanted}".`);
  await vscode.commands.executeCommand("markdown.showPreview", uriOf(wanted));
}

async function chooseRule(server: Server): Promise<string | undefined> {
  const rules = await server.execute<Rule[]>("segql.server.rules");
  const near = new Set(codesAtCursor());
  const items = [
    ...group(
      "At the cursor",
      rules.filter(({ code }) => near.has(code)),
    ),
    ...group(
      "All rules",
      rules.filter(({ code }) => !near.has(code)),
    ),
  ];
  const choice = await vscode.window.showQuickPick(items, {
    title: "Explain a Rule",
    placeHolder: "A code, or a word of what the rule is about",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return choice?.label;
}

function group(title: string, rules: Rule[]): vscode.QuickPickItem[] {
  if (rules.length === 0) return [];
  const items = rules.map(({ code, name, summary }) => ({
    label: code,
    description: name,
    detail: summary,
  }));
  return [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function codesAtCursor(): string[] {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return [];
  return vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ range }) => range.intersection(editor.selection) !== undefined)
    .map(({ code }) => String(typeof code === "object" ? code.value : code));
}

function pageOf(server: Server, code: string): Promise<string | null> {
  return server.execute<string | null>("segql.server.explainRule", code);
}

// The name ends in .md, so that the editor takes the page for Markdown.
function uriOf(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${code}.md` });
}

function codeOf(uri: vscode.Uri): string {
  return uri.path.replace(/^\/|\.md$/g, "");
}
