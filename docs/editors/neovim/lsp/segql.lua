-- The language server of SegmentQL, for Neovim 0.11 and newer. `vim.lsp.config("segql", {...})` in
-- init.lua changes any of this.

---Turn on what Neovim has built in, but not switched on.
local function use_features(client, buffer)
  if client:supports_method("textDocument/completion") then
    vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = true })
  end
  if client:supports_method("textDocument/foldingRange") then
    for _, window in ipairs(vim.fn.win_findbuf(buffer)) do
      vim.wo[window][0].foldmethod = "expr"
      vim.wo[window][0].foldexpr = "v:lua.vim.lsp.foldexpr()"
      vim.wo[window][0].foldlevel = 99
    end
  end
  if client:supports_method("textDocument/inlayHint") then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
end

---Keep the lenses up to date; `vim.lsp.codelens.run()` follows the one in the cursor's line.
local function show_lenses(client, buffer)
  if not client:supports_method("textDocument/codeLens") then
    return
  end
  vim.lsp.codelens.refresh({ bufnr = buffer })
  vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave", "BufWritePost" }, {
    group = vim.api.nvim_create_augroup("segql_lenses_" .. buffer, { clear = true }),
    buffer = buffer,
    callback = function()
      vim.lsp.codelens.refresh({ bufnr = buffer })
    end,
  })
end

---What the server sends when it has counted the members of segments.
local function lenses_changed(_, _, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  for buffer in pairs(client.attached_buffers) do
    vim.lsp.codelens.refresh({ bufnr = buffer })
  end
  return vim.NIL
end

---The command of a lens: the places that it counts, in the quickfix list.
local function show_references(command, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  local items = vim.lsp.util.locations_to_items(command.arguments[3], client.offset_encoding)
  vim.fn.setqflist({}, " ", { title = command.title, items = items })
  vim.cmd.copen()
end

---The command of a code action: the page of a rule, in a window beside the cursor.
local function explain_rule(command, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  local request = { command = "segql.server.explainRule", arguments = command.arguments }
  client:request("workspace/executeCommand", request, function(_, page)
    if page then
      vim.lsp.util.open_floating_preview(vim.split(page, "\n"), "markdown")
    end
  end)
end

---The command of a lens: why a profile is in the segment, or is not, in a window beside the cursor.
local profile = ""
local function tell_why(command, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  vim.ui.input({ prompt = 'Profile (a value, or "line 12"): ', default = profile }, function(wanted)
    if not wanted or wanted == "" then
      return
    end
    profile = wanted
    local arguments = vim.list_extend({ unpack(command.arguments) }, { wanted })
    local request = { command = "segql.server.why", arguments = arguments }
    client:request("workspace/executeCommand", request, function(failure, answer)
      if failure then
        vim.notify(failure.message, vim.log.levels.ERROR)
      else
        vim.lsp.util.open_floating_preview(vim.split(answer.text, "\n"), "text")
      end
    end)
  end)
end

---Format before a file is written, where `vim.g.segql_format_on_save` is set.
local function format_on_save(client, buffer)
  vim.api.nvim_create_autocmd("BufWritePre", {
    group = vim.api.nvim_create_augroup("segql_format_" .. buffer, { clear = true }),
    buffer = buffer,
    callback = function()
      if vim.g.segql_format_on_save then
        vim.lsp.buf.format({ id = client.id, bufnr = buffer })
      end
    end,
  })
end

---@type vim.lsp.Config
return {
  cmd = { "segql", "lsp" },
  filetypes = { "segql" },
  root_markers = { { "segql.toml", "pyproject.toml" }, ".git" },
  init_options = { commands = { "segql.showReferences", "segql.explainRule", "segql.why" } },
  capabilities = { workspace = { codeLens = { refreshSupport = true } } },
  handlers = { ["workspace/codeLens/refresh"] = lenses_changed },
  commands = {
    ["segql.showReferences"] = show_references,
    ["segql.explainRule"] = explain_rule,
    ["segql.why"] = tell_why,
  },
  on_attach = function(client, buffer)
    use_features(client, buffer)
    show_lenses(client, buffer)
    format_on_save(client, buffer)
  end,
}
