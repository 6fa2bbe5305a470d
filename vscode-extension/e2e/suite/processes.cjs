// The servers that run, as the system lists them.

const { readdirSync, readFileSync } = require("node:fs");

/** The ids of the processes `segql lsp` of programs below a folder. */
exports.serversBelow = (folder) =>
  readdirSync("/proc").filter((pid) => {
    try {
      const [, program, command] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return command === "lsp" && program.startsWith(folder);
    } catch {
      return false; // no process, or one that has just ended
    }
  });
