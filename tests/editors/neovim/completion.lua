-- Completion by CTRL-X CTRL-O, as a person asks for it: the words in the menu.
return function(t)
  t.client()
  t.go_to("INCLUDE ", #"INCLUDE ")
  local words
  vim.api.nvim_create_autocmd("CompleteChanged", {
    once = true,
    callback = function()
      words = vim.tbl_map(function(item)
        return item.abbr
      end, vim.fn.complete_info({ "items" }).items)
      vim.api.nvim_input("<Esc>")
    end,
  })
  t.type("A<C-x><C-o>")
  assert(words, "waited in vain for the menu")
  return words
end
