// The steps of the second part. Each begins where the one before has left the editor.

import assert from "node:assert/strict";

const MESSAGE = ".notification-toast";
const BUTTON = ".monaco-button";
const ROW = ".quick-input-list .monaco-list-row";
const LANGUAGE_STATUS = "[id='status.languageStatus']";
const EDITOR = [328, 64, 768, 420]; // its place on the screen

export const steps = [
  [
    "a program in a folder that is not trusted is not started, not even from PATH",
    async (screen, { servers }) => {
      await screen.see(MESSAGE, "in this folder, which you do not trust");
      assert.equal(servers(), 0);
    },
  ],
  [
    "it is started once the folder is trusted",
    async (screen, { servers }) => {
      await screen.click(`${MESSAGE} ${BUTTON}`, "Manage Trust");
      await screen.click(`.workspace-trust-editor ${BUTTON}`, "Trust");
      await screen.gone(".statusbar-item", "Restricted Mode");
      await screen.see("[id='status.problems']", /2\s*1/); // errors and warnings
      assert.equal(servers(), 1);
      await screen.run("View: Close Editor");
      await screen.tidy();
    },
  ],
  [
    "the server and its version beside the language",
    async (screen) => {
      await screen.open("customers.segql");
      await screen.point(LANGUAGE_STATUS);
      await screen.see(".hover-language-status", "running");
      await screen.picture("status");
      await screen.press("Escape");
    },
  ],
  [
    "who includes a segment, from the lens above it",
    async (screen) => {
      await screen.click(".codelens-decoration a", "included by 1 segment");
      await screen.see(".reference-zone-widget", "INCLUDE customers");
      await screen.picture("references");
      await screen.press("Escape");
    },
  ],
  [
    "why a profile is not in a segment, from the lens above it",
    async (screen) => {
      await screen.see(".codelens-decoration", "2 of 3 profiles (66.7 %)");
      await screen.click(".codelens-decoration a", "why is a profile in it, or not?");
      await screen.see(".quick-input-widget", "A value that identifies a profile");
      await screen.type("eve@example.com");
      await screen.press("Enter");
      await screen.see(".view-line", "customers: no match");
      await screen.picture("why");
      await screen.click(".tab", "Why");
      await screen.run("View: Close Editor");
    },
  ],
  [
    "the commands for the account that this segql has are offered",
    async (screen) => {
      await screen.press("F1");
      await screen.type("SegmentQL: P");
      await screen.see(ROW, "Push to the Account");
      await screen.see(ROW, "Plan a Push");
      await screen.press("Escape");
    },
  ],
  [
    "mistakes are underlined",
    async (screen) => {
      await screen.open("mistakes.segql");
      await screen.see(".squiggly-error");
      await screen.picture("diagnostics");
    },
  ],
  [
    "the reason of a mistake in a hover",
    async (screen) => {
      await screen.goTo(4, 8);
      await screen.press("Control+K", "Control+I");
      await screen.see(".monaco-hover", "did you mean `purchase_count`?");
      await screen.press("Escape");
    },
  ],
  [
    "what an included segment is, in a hover",
    async (screen) => {
      await screen.open("campaigns.segql");
      await screen.goTo(3, 15);
      await screen.press("Control+K", "Control+I");
      await screen.see(".monaco-hover", "Active customers");
      await screen.picture("hover");
      await screen.press("Escape");
    },
  ],
  [
    "the Problems panel",
    async (screen) => {
      await screen.open("mistakes.segql");
      await screen.press("Control+Shift+M");
      await screen.see(".markers-panel", "purchase_cuont");
      await screen.picture("problems");
    },
  ],
  [
    "the whole folder is checked, and the problems are counted",
    async (screen) => {
      await screen.run("SegmentQL: Check the Workspace");
      await screen.see(MESSAGE, "3 problems in 4 files");
      await screen.see(".markers-panel", "purchase_cuont"); // it is not toggled away
      await screen.tidy();
      await screen.run("View: Toggle Panel Visibility");
    },
  ],
  [
    "the page of the rule at the cursor",
    async (screen) => {
      await screen.goTo(5, 22);
      await screen.run("SegmentQL: Explain a Rule");
      await screen.see(".quick-input-list", "At the cursor");
      await screen.press("Enter");
      await screen.see(".tab.active", "TIM001");
      await screen.read("h1", "TIM001");
      await screen.picture("rule");
      await screen.run("View: Close Editor");
    },
  ],
  [
    "a fix from the light bulb",
    async (screen) => {
      await screen.goTo(5, 22);
      await screen.press("Control+.");
      await screen.see(".action-widget", "now-30d");
      await screen.picture("quick-fix");
      await screen.press("Enter");
      await screen.see(".view-line", '"now-30d"');
      await screen.picture("fixed");
      await screen.press("Control+Z");
    },
  ],
  [
    "segments after INCLUDE in a list",
    async (screen) => {
      await screen.open("campaigns.segql");
      await screen.goTo(3, 30);
      await screen.press("Enter");
      await screen.type("INCLUDE ");
      await screen.press("Control+Space");
      await screen.see(".suggest-widget .monaco-list-row", "customers");
      await screen.picture("completion");
      await screen.press("Escape");
      await screen.press("Control+Z", "Control+Z", "Control+Z");
    },
  ],
  [
    "a server that is not where the setting says",
    async (screen, { set }) => {
      set({ "segql.server.path": "/nowhere/segql" });
      await screen.see(MESSAGE, 'The command "/nowhere/segql" was not found');
      await screen.picture("server-missing");
    },
  ],
  [
    "the way to install it",
    async (screen) => {
      await screen.click(`${MESSAGE} ${BUTTON}`, "How to Install");
      await screen.press("Control+B"); // the pages stand beside the steps where there is room
      await screen.see(".gettingStartedContainer", "Install the tool");
      await screen.read("code", "pip install");
      await screen.picture("walkthrough");
      await screen.run("View: Close Editor");
      await screen.press("Control+B");
    },
  ],
  [
    "the setting is mended, and the server runs again",
    async (screen, { set }) => {
      set({});
      await screen.tidy();
      await screen.open("mistakes.segql");
      await screen.see(".squiggly-error");
    },
  ],
  [
    "the example of the walkthrough, and its mistake",
    async (screen) => {
      await screen.run("View: Close All Editors");
      await screen.run("SegmentQL: Open an Example");
      await screen.see(".squiggly-warning");
      await screen.picture("example", EDITOR);
      await screen.goTo(6, 21);
      await screen.press("Control+.");
      await screen.see(".action-widget", "now-30d");
      await screen.picture("fix", EDITOR);
      await screen.press("Escape");
    },
  ],
  [
    "a push asks first, and runs in a terminal with the profile of the settings",
    async (screen) => {
      await screen.open("mistakes.segql");
      await screen.run("SegmentQL: Push to the Account");
      await screen.see(".monaco-dialog-box", 'profile "staging"');
      await screen.picture("push");
      await screen.click(`.monaco-dialog-box ${BUTTON}`, "Push");
      await screen.see(".terminal-wrapper .xterm-rows", "segql push --profile=staging");
    },
  ],
];
