// What is said to the person: one message with buttons that lead on; the details go to the output.

import * as vscode from "vscode";

const WALKTHROUGH = "segql.segql#segql.start";

// Button -> the command it runs.
const BUTTONS = {
  "How to Install": ["workbench.action.openWalkthrough", WALKTHROUGH],
  "Manage Trust": ["workbench.trust.manage"],
  "Open Settings": ["workbench.action.openSettings", "segql.server.path"],
  "Show Output": ["segql.showOutput"],
} satisfies Record<string, [command: string, ...args: unknown[]]>;

export type Button = keyof typeof BUTTONS;

/** Show an error with buttons. Never throws. */
export async function tell(message: string, ...buttons: Button[]): Promise<void> {
  try {
    const choice = await vscode.window.showErrorMessage(message, ...buttons);
    if (!choice) return;
    const [command, ...args] = BUTTONS[choice];
    await vscode.commands.executeCommand(command, ...args);
  } catch {
    // the window is closing
  }
}

/** A command whose errors are told instead of thrown. */
export function telling<A extends unknown[]>(
  action: (...args: A) => Promise<void>,
): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      await action(...args);
    } catch (error) {
      await tell(error instanceof Error ? error.message : String(error), "Show Output");
    }
  };
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
