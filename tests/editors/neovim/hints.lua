-- The inlay hints of the file.
return function(t)
  t.client()
  local hints = t.wait_for("the hints", function()
    local found = vim.lsp.inlay_hint.get({ bufnr = 0 })
    return found[1] and found
  end)
  return vim.tbl_map(function(hint)
    return hint.inlay_hint.label
  end, hints)
end
