-- CTRL-]: where the cursor is afterwards.
return function(t)
  t.client()
  t.go_to("INCLUDE vip", #"INCLUDE ")
  vim.api.nvim_feedkeys(vim.keycode("<C-]>"), "nx", false)
  return { file = vim.fn.expand("%:t"), line = vim.api.nvim_get_current_line() }
end
