return function(t)
  t.client()
  local found = t.wait_for("a diagnostic", function()
    return vim.diagnostic.get(0)[1]
  end)
  return {
    filetype = vim.bo.filetype,
    code = found.code,
    severity = vim.diagnostic.severity[found.severity],
    place = { found.lnum, found.col, found.end_lnum, found.end_col },
  }
end
