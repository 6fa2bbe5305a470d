return function(t)
  vim.g.segql_format_on_save = true
  t.client()
  vim.cmd.write()
  return t.lines()
end
