// What is done with the segments as a whole.

import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";
import { counted } from "./messages";
import type { Server } from "./server";

/** Check every file, and show the problems. */
export async function checkWorkspace(server: Server): Promise<void> {
  const { files, problems } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: "SegmentQL: checking the workspace" },
    () => server.execute<{ files: number; problems: number }>("segql.server.checkWorkspace"),
  );
  await vscode.commands.executeCommand("workbench.panel.markers.view.focus");
  const found = problems === 0 ? "No problems" : counted(problems, "problem");
  void vscode.window.showInformationMessage(`${found} in ${counted(files, "file")}.`);
}

/** Peek at places; the arguments are those of a code lens, as the protocol writes them. */
export async function showReferences(
  uri: string,
  position: Position,
  locations: Location[],
): Promise<void> {
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    asPosition(position),
    locations.map(asLocation),
  );
}

/** Open a text to try things out on. */
export async function openExample(extension: vscode.Uri): Promise<void> {
  const place = vscode.Uri.joinPath(extension, "walkthrough", "example.segql");
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(place));
  const document = await vscode.workspace.openTextDocument({ language: "segql", content });
  await vscode.window.showTextDocument(document);
}

function asPosition({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}

function asLocation({ uri, range }: Location): vscode.Location {
  const place = new vscode.Range(asPosition(range.start), asPosition(range.end));
  return new vscode.Location(vscode.Uri.parse(uri), place);
}
