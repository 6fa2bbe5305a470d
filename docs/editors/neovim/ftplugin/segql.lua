vim.bo.commentstring = "-- %s"
vim.bo.comments = "s1:/*,mb:*,ex:*/,:--,:#,://"
vim.bo.expandtab = true
vim.bo.shiftwidth = 4
vim.bo.softtabstop = 4
-- A name may hold dots, dashes and slashes: `*`, `w` and completion take it whole.
vim.bo.iskeyword = "@,48-57,_,.,-,/,192-255"
vim.b.undo_ftplugin = "setlocal commentstring< comments< expandtab< shiftwidth< softtabstop< iskeyword<"
