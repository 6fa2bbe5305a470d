// Where the program of the server is: found here, so that no shell and no folder chooses it.

import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";

export interface Place {
  /** The open folders; a relative path begins at the first one. */
  folders: readonly string[];
  /** Whether programs in these folders may be started. */
  isTrusted: boolean;
  /** The value of PATH. */
  searchPath: string;
}

// Where Python puts programs: the names people give virtual environments, in their two layouts.
const ENVIRONMENTS = [".venv", "venv"];
const PROGRAMS = process.platform === "win32" ? "Scripts" : "bin";

/**
 * Return the absolute path of a program, or undefined where there is none that may be started.
 *
 * A bare name is looked up on PATH, then in the virtual environments of the folders: left to the
 * system, Windows would look into the open folder first, and start whatever lies there.
 */
export function findProgram(command: string, place: Place): string | undefined {
  return candidates(command, place)
    .flatMap(withExtensions)
    .find((file) => isProgram(file) && mayStart(file, place));
}

function candidates(command: string, { folders, searchPath }: Place): string[] {
  const wanted = expand(command, folders[0]);
  if (path.isAbsolute(wanted)) return [wanted];
  const isBareName = path.basename(wanted) === wanted;
  if (!isBareName) return folders.slice(0, 1).map((folder) => path.join(folder, wanted));
  const entries = searchPath.split(path.delimiter).filter((entry) => path.isAbsolute(entry));
  const environments = folders.flatMap((folder) =>
    ENVIRONMENTS.map((name) => path.join(folder, name, PROGRAMS)),
  );
  return [...entries, ...environments].map((entry) => path.join(entry, wanted));
}

/** What people write in settings, though the editor leaves it as it is. */
function expand(command: string, folder: string | undefined): string {
  if (/^~[/\\]/.test(command)) return path.join(homedir(), command.slice(2));
  return folder === undefined ? command : command.replace("${workspaceFolder}", () => folder);
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

/** PATH may lead into the open folder as well, directly or by a link. */
function mayStart(file: string, { folders, isTrusted }: Place): boolean {
  const roots = folders.flatMap(withTarget);
  return isTrusted || !withTarget(file).some((name) => roots.some((root) => holds(root, name)));
}

function holds(folder: string, file: string): boolean {
  const inside = path.relative(folder, file);
  return inside !== ".." && !inside.startsWith(`..${path.sep}`) && !path.isAbsolute(inside);
}

/** A name, and what it leads to through links. */
function withTarget(name: string): string[] {
  try {
    return [name, realpathSync(name)];
  } catch {
    return [name];
  }
}
