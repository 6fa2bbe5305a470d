// The life of the language server: started, restarted after a crash, and stopped. Whatever goes
// wrong is told in one message with buttons; the details go to the output.

import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  ExecuteCommandRequest,
  type InitializeResult,
} from "vscode-languageclient/node";
import { type Client, makeClient } from "./client";
import { type Button, tell } from "./messages";
import { segqlProgram, wantedCommand } from "./place";

const ADVICE = 'Install it with: pip install "segql[lsp]", or set segql.server.path.';
const UPGRADE =
  'This version of segql cannot do that. Upgrade it with: pip install -U "segql[lsp]"';

const SETUP: Button[] = ["How to Install", "Open Settings"];

// A server that dies more often than this is left alone.
const MAX_CRASHES = 4;
const CRASH_WINDOW_MS = 3 * 60 * 1000;

export type State = "starting" | "running" | "stopped" | "crashed" | "missing";

export class Server {
  private client: Client | undefined;
  private settled: Promise<void> = Promise.resolve();
  private crashes: number[] = [];
  private turn = 0;

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly onState: (state: State, answer?: InitializeResult) => void,
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

  /** What the server answers to one of its own commands. Throws where it cannot be asked. */
  async execute<T>(command: string, ...args: unknown[]): Promise<T> {
    const client = this.client;
    if (!client?.isRunning()) throw new Error("The SegmentQL server is not running.");
    const known = client.initializeResult?.capabilities.executeCommandProvider?.commands;
    if (!known?.includes(command)) throw new Error(UPGRADE);
    return client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
  }

  private async start(): Promise<void> {
    const stopped = this.stop();
    const turn = this.turn;
    await stopped;
    if (turn !== this.turn) return; // a later start or stop has taken over
    const program = segqlProgram();
    if (program === undefined) {
      this.onState("missing");
      this.tellMissing(wantedCommand());
      return;
    }
    this.output.info(`starting ${program} lsp`);
    this.onState("starting");
    const client = (this.client = this.makeClient(program));
    try {
      await client.start();
      if (turn !== this.turn)
        await this.end(client); // it ran before it could be ended
      else this.onState("running", client.initializeResult);
    } catch (error) {
      if (turn !== this.turn) return; // ended on purpose
      this.output.error(String(error));
      this.onState("stopped");
      this.tell(`The SegmentQL server did not start: ${program} lsp. ${ADVICE}`, ...SETUP);
    }
  }

  private makeClient(program: string): Client {
    const client: Client = makeClient(program, this.output, {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        if (client === this.client && client.isRunning()) this.crashed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    });
    return client;
  }

  private async end(client: Client): Promise<void> {
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
      this.onState("crashed");
      this.tell("The SegmentQL server keeps crashing and is not started again.");
    } else {
      void this.start();
    }
  }

  private tellMissing(command: string): void {
    if (segqlProgram(true) === undefined) {
      this.tell(`The command "${command}" was not found. ${ADVICE}`, ...SETUP);
    } else {
      this.tell(
        `The command "${command}" is in this folder, which you do not trust.`,
        "Manage Trust",
      );
    }
  }

  private tell(message: string, ...buttons: Button[]): void {
    this.output.error(message);
    void tell(message, ...buttons, "Show Output");
  }
}
