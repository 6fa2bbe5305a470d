-- All places that speak of a segment, as the quickfix list has them.
return function(t)
  t.client()
  t.go_to("ALIAS vip", #"ALIAS ")
  local found
  vim.lsp.buf.references(nil, {
    on_list = function(list)
      found = list.items
    end,
  })
  t.wait_for("the references", function()
    return found
  end)
  return vim.tbl_map(function(item)
    return vim.fs.basename(item.filename)
  end, found)
end
