-- Hover with K; what stands in the window that opens.
return function(t)
  t.client()
  t.go_to("INCLUDE vip", #"INCLUDE ")
  vim.lsp.buf.hover()
  local window = t.wait_for("the window", function()
    return vim.b.lsp_floating_preview
  end)
  return t.lines(vim.api.nvim_win_get_buf(window))
end
