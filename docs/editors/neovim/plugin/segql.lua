-- Start the language server for every file of type segql. Set `vim.g.segql_lsp = false` in init.lua
-- to decide for yourself.
if vim.g.segql_lsp ~= false then
  vim.lsp.enable("segql")
end
