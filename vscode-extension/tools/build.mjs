// Bundle the extension into one file, and write down whose code is in it.

import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { noticesOf } from "./notices.mjs";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "out/extension.js",
  bundle: true,
  minify: true,
  metafile: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  // Licences stand in the notices, whole; the bundle holds no path of the machine it was made on.
  legalComments: "none",
});
writeFileSync("ThirdPartyNotices.txt", noticesOf(Object.keys(metafile.inputs)));

const bundle = readFileSync("out/extension.js", "utf8");
const left = [process.cwd(), "sourceMappingURL"].find((text) => bundle.includes(text));
if (left) throw new Error(`the bundle holds ${left}`);
