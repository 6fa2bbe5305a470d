vim.filetype.add({ extension = { segql = "segql" } })
