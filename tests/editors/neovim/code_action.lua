-- The preferred quick fix of the first problem.
return function(t)
  t.client()
  local problem = t.wait_for("a diagnostic", function()
    return vim.diagnostic.get(0)[1]
  end)
  vim.api.nvim_win_set_cursor(0, { problem.lnum + 1, problem.col })
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.isPreferred
    end,
  })
  t.wait_for("the edit", function()
    return vim.bo.modified
  end)
  return t.lines()
end
