-- What stands in and above the text: inlay hints, lenses, and the tokens below the cursor.
return function(t)
  t.client()
  t.go_to("INCLUDE vip", #"INCLUDE ")
  local tokens = t.wait_for("the tokens", function()
    local found = vim.lsp.semantic_tokens.get_at_pos()
    return found and found[1] and found
  end)
  local hints = t.wait_for("the hints", function()
    local found = vim.lsp.inlay_hint.get({ bufnr = 0 })
    return found[1] and found
  end)
  local lenses = t.wait_for("the lenses", function()
    local found = vim.lsp.codelens.get(0)
    return found[1] and found[1].command and found
  end)
  return {
    token = tokens[1].type,
    hint = hints[1].inlay_hint.label,
    lens = lenses[1].command.title,
  }
end
