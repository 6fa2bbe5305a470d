return function(t)
  t.client()
  vim.lsp.buf.format()
  return t.lines()
end
