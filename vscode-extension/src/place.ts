// What the editor knows of the place it works in: the open folders, and the program to start there.

import * as vscode from "vscode";
import { findProgram } from "./command";

/** The setting: a name or a path. */
export function wantedCommand(): string {
  return vscode.workspace.getConfiguration("segql").get<string>("server.path")?.trim() || "segql";
}

/** The absolute path of `segql`, or undefined where there is none that may be started. */
export function segqlProgram(isTrusted = vscode.workspace.isTrusted): string | undefined {
  return findProgram(wantedCommand(), {
    folders: fileFolders().map(({ uri }) => uri.fsPath),
    isTrusted,
    searchPath: process.env.PATH ?? "",
  });
}

/** The open folders that lie on disk. */
export function fileFolders(): vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file");
}
