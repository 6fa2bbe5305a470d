// The life of the language server: started, restarted after a crash, and stopped. Whatever goes
// wrong is told in one message with buttons; the details go to the output.

import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient } from "vscode-languageclient/node";
import { findProgram, type Place } from "./command";

const ADVICE = 'Install it with: pip install "segql[lsp]", or set segql.server.path.';
const OPEN_SETTINGS = "Open Settings";
const SHOW_OUTPUT = "Show Output";

// A server that dies more often than this is left alone.
const MAX_CRASHES = 4;
const CRASH_WINDOW_MS = 3 * 60 * 1000;

/** Writes its errors to the output only: the server below tells them. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export class Server {
  private client: QuietClient | undefined;
  private settled: Promise<void> = Promise.resolve();
  private crashes: number[] = [];
  private turn = 0;

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly watcher: vscode.FileSystemWatcher,
  ) {}

  /** Start the server anew. Never throws. */
  restart(): Promise<void> {
    this.crashes = [];
    return this.start();
  }

  /** Stop the server, and whatever start is under way. Never throws. */
  stop(): Promise<void> {
    this.turn += 1;
    const client = this.client;
    this.client = undefined;
    if (client) this.settled = this.settled.then(() => this.end(client));
    return this.settled;
  }

  private async start(): Promise<void> {
    const stopped = this.stop();
    const turn = this.turn;
    await stopped;
    if (turn !== this.turn) return; // a later start or stop has taken over
    const command = serverPath();
    const program = findProgram(command, place());
    if (program === undefined) {
      void this.tell(`The command "${command}" was not found. ${ADVICE}`);
      return;
    }
    this.output.info(`starting ${program} lsp`);
    try {
      const client = (this.client = this.makeClient(program));
      await client.start();
      if (turn !== this.turn) await this.end(client); // it ran before it could be ended
    } catch (error) {
      if (turn !== this.turn) return; // ended on purpose
      this.output.error(String(error));
      void this.tell(`The SegmentQL server did not start: ${program} lsp. ${ADVICE}`);
    }
  }

  private makeClient(program: string): QuietClient {
    const client: QuietClient = new QuietClient(
      "segql",
      "SegmentQL",
      { command: program, args: ["lsp"], options: { shell: false } },
      {
        documentSelector: [
          { scheme: "file", language: "segql" },
          { scheme: "untitled", language: "segql" },
        ],
        synchronize: { fileEvents: this.watcher },
        outputChannel: this.output,
        initializationFailedHandler: () => false,
        errorHandler: {
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          closed: () => {
            if (client === this.client && client.isRunning()) this.crashed();
            return { action: CloseAction.DoNotRestart, handled: true };
          },
        },
      },
    );
    return client;
  }

  private async end(client: QuietClient): Promise<void> {
    // A server that never answered is not asked to leave: a late answer would register its
    // commands beside those of the next one.
    if (!client.isRunning()) client.serverProcess?.kill();
    try {
      await client.stop();
    } catch (error) {
      this.output.debug(String(error));
    }
  }

  private crashed(): void {
    this.client = undefined; // nothing is left to stop
    const now = Date.now();
    this.crashes = [...this.crashes.filter((then) => now - then < CRASH_WINDOW_MS), now];
    if (this.crashes.length > MAX_CRASHES) {
      void this.tell("The SegmentQL server keeps crashing and is not started again.");
    } else {
      void this.start();
    }
  }

  private async tell(message: string): Promise<void> {
    this.output.error(message);
    try {
      const choice = await vscode.window.showErrorMessage(message, OPEN_SETTINGS, SHOW_OUTPUT);
      if (choice === SHOW_OUTPUT) this.output.show();
      if (choice === OPEN_SETTINGS) await openSettings();
    } catch (error) {
      this.output.error(String(error));
    }
  }
}

function serverPath(): string {
  const setting = vscode.workspace.getConfiguration("segql").get<string>("server.path")?.trim();
  return setting || "segql";
}

function place(): Place {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
  return {
    folder: vscode.workspace.isTrusted ? folder?.uri.fsPath : undefined,
    searchPath: process.env.PATH ?? "",
  };
}

function openSettings(): Thenable<unknown> {
  return vscode.commands.executeCommand("workbench.action.openSettings", "segql.server.path");
}
