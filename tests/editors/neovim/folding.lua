-- The level of the fold of each line.
return function(t)
  t.client()
  t.wait_for("the folds", function()
    return vim.fn.foldlevel(2) > 0
  end)
  return vim.tbl_map(vim.fn.foldlevel, vim.fn.range(1, vim.fn.line("$")))
end
