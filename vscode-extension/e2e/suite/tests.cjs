// The tests, in the order they run: those that leave the shop as it is come first.

const life = require("./life.cjs");
const providers = require("./providers.cjs");

module.exports.tests = [...life.begin, ...providers.tests, ...life.tests];
