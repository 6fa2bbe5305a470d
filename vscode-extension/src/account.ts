// Push and plan: the command line runs in a terminal, where it can be read and stopped.

import * as vscode from "vscode";
import { fileFolders, segqlProgram, wantedCommand } from "./place";

const PUSH = "Push";

/** Save, ask, and create or update the segments of a folder in the account. */
export async function push(): Promise<void> {
  const folder = await chooseFolder();
  if (!folder || !(await saveAll())) return;
  const question = `Push the segments of "${folder.name}" to the account?`;
  const detail = `${accountOf(folder)} Segments are created and updated there; none is deleted.`;
  const choice = await vscode.window.showWarningMessage(question, { modal: true, detail }, PUSH);
  if (choice === PUSH) await run("push", folder);
}

/** Save, and show what a push would change. */
export async function plan(): Promise<void> {
  const folder = await chooseFolder();
  if (folder && (await saveAll())) await run("plan", folder);
}

async function run(command: string, folder: vscode.WorkspaceFolder): Promise<void> {
  const program = segqlProgram();
  if (program === undefined) throw new Error(`The command "${wantedCommand()}" was not found.`);
  // No shell reads these arguments, and no token is among them: the command finds it by itself.
  const profile = profileOf(folder);
  const args = profile ? [command, `--profile=${profile}`] : [command];
  const execution = new vscode.ProcessExecution(program, args, { cwd: folder.uri.fsPath });
  const definition = { type: "process" };
  const task = new vscode.Task(definition, folder, command, "segql", execution, []);
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    clear: true,
  };
  await vscode.tasks.executeTask(task);
}

/** The folder of the text that is edited; the person is asked where that does not tell. */
async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  if (!vscode.workspace.isTrusted) throw new Error("Trust the folder first.");
  const folders = fileFolders();
  if (folders.length === 0) throw new Error("Open the folder of the segments first.");
  const edited = vscode.window.activeTextEditor?.document.uri;
  const around = edited && vscode.workspace.getWorkspaceFolder(edited);
  if (folders.length === 1 || around) return around ?? folders[0];
  return vscode.window.showWorkspaceFolderPick({ placeHolder: "The folder of the segments" });
}

async function saveAll(): Promise<boolean> {
  if (await vscode.workspace.saveAll(false)) return true;
  throw new Error("A file could not be saved, and the command reads what is on disk.");
}

function profileOf(folder: vscode.WorkspaceFolder): string {
  const settings = vscode.workspace.getConfiguration("segql", folder);
  return settings.get<string>("account.profile")?.trim() ?? "";
}

function accountOf(folder: vscode.WorkspaceFolder): string {
  const profile = profileOf(folder);
  return profile
    ? `The account is that of the profile "${profile}".`
    : "The account is the one of the environment, as LYTICS_API_TOKEN.";
}
