// The entry that VS Code calls inside the extension host. Each result is a line of a file.

const { appendFileSync } = require("node:fs");
const { tests } = require("./tests.cjs");

const write = (result) =>
  appendFileSync(process.env.SEGQL_E2E_RESULTS, `${JSON.stringify(result)}\n`);

exports.run = async () => {
  for (const [title, test, isNeeded] of tests) {
    const failure = await failureOf(test);
    write({ title, failure });
    if (failure !== undefined && isNeeded) break; // the others would fail as well, and take long
  }
  write({ done: true });
};

async function failureOf(test) {
  try {
    await test();
    return undefined;
  } catch (error) {
    return error.message ?? String(error);
  }
}
