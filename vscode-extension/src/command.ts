// Where the program of the server is: found here, so that no shell and no folder chooses it.

import { accessSync, constants, statSync } from "node:fs";
import * as path from "node:path";

export interface Place {
  /** The folder that a relative path begins at; undefined where none is open or trusted. */
  folder: string | undefined;
  /** The value of PATH. */
  searchPath: string;
}

/**
 * Return the absolute path of a program, or undefined where it is not.
 *
 * A bare name is looked up on PATH only: left to the system, Windows would look into the open
 * folder first, and start whatever lies there.
 */
export function findProgram(command: string, place: Place): string | undefined {
  return candidates(command, place).flatMap(withExtensions).find(isProgram);
}

function candidates(command: string, { folder, searchPath }: Place): string[] {
  if (path.isAbsolute(command)) return [command];
  const isBareName = path.basename(command) === command;
  if (!isBareName) return folder === undefined ? [] : [path.join(folder, command)];
  const folders = searchPath.split(path.delimiter).filter((entry) => path.isAbsolute(entry));
  return folders.map((entry) => path.join(entry, command));
}

/** On Windows a program may be named without ".exe"; other kinds would need a shell. */
function withExtensions(file: string): string[] {
  return process.platform === "win32" && path.extname(file) === "" ? [`${file}.exe`] : [file];
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
