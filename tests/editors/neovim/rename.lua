return function(t)
  t.client()
  t.go_to("ALIAS vip", #"ALIAS ")
  vim.lsp.buf.rename("best")
  t.wait_for("the new name", function()
    return vim.bo.modified
  end)
  vim.cmd.wall()
  return t.lines()
end
