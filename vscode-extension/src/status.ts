// The server's state, beside the language in the status bar, and for the conditions of commands.

import * as vscode from "vscode";
import type { InitializeResult } from "vscode-languageclient/node";
import type { State } from "./server";

const { Error: ERROR, Information: FINE } = vscode.LanguageStatusSeverity;

const LOOKS: Record<State, { detail: string; severity: vscode.LanguageStatusSeverity }> = {
  starting: { detail: "starting", severity: FINE },
  running: { detail: "running", severity: FINE },
  stopped: { detail: "did not start", severity: ERROR },
  crashed: { detail: "crashed", severity: ERROR },
  missing: { detail: "not found", severity: ERROR },
};

export class Status implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("segql.server", {
    language: "segql",
  });

  constructor() {
    this.item.name = "SegmentQL Server";
    this.item.command = { command: "segql.restartServer", title: "Restart" };
  }

  /** Show a state; a server that runs has said who it is and what it can. */
  show(state: State, answer?: InitializeResult): void {
    const { detail, severity } = LOOKS[state];
    this.item.text = ["segql", answer?.serverInfo?.version].filter(Boolean).join(" ");
    this.item.detail = detail;
    this.item.severity = severity;
    this.item.busy = state === "starting";
    setContext("segql.isRunning", state === "running");
    setContext("segql.canPlan", commandsOf(answer).includes("plan"));
  }

  dispose(): void {
    this.item.dispose();
  }
}

/** The commands of the command line that comes with the server. */
function commandsOf(answer: InitializeResult | undefined): readonly unknown[] {
  const commands: unknown = answer?.capabilities.experimental?.commands;
  return Array.isArray(commands) ? commands : [];
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand("setContext", key, value);
}
