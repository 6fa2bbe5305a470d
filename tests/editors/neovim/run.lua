-- Runs one script in the file that Neovim has opened, and prints what it returns as JSON.
-- A script is given these helpers; what it raises ends Neovim with an exit code.
local t = {}

---Wait until a condition holds; what it returned then.
function t.wait_for(what, condition)
  local found
  local held = vim.wait(10000, function()
    found = condition()
    return found
  end, 10)
  assert(held, "waited in vain for " .. what)
  return found
end

---The client of the current buffer, when the server is ready.
function t.client()
  return t.wait_for("the server", function()
    local client = vim.lsp.get_clients({ bufnr = 0, name = "segql" })[1]
    return client and client.initialized and client
  end)
end

---Put the cursor on the first place of a plain text, `offset` characters to the right.
function t.go_to(text, offset)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search("\\c\\V" .. vim.fn.escape(text, "\\"), "cW") > 0, "no " .. text)
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  vim.api.nvim_win_set_cursor(0, { line, column + (offset or 0) })
end

function t.lines(buffer)
  return vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, false)
end

---Type keys that begin the insert mode, and stay there until something types <Esc>.
function t.type(keys)
  vim.defer_fn(function()
    vim.api.nvim_input("<Esc>")
  end, 10000)
  vim.api.nvim_feedkeys(vim.keycode(keys), "x!", false)
end

local ok, result = xpcall(function()
  return dofile(vim.env.SCRIPT)(t)
end, debug.traceback)
if ok then
  io.stdout:write(vim.json.encode(result))
  vim.cmd("qall!")
else
  io.stderr:write(result .. "\n")
  vim.cmd("cquit")
end
