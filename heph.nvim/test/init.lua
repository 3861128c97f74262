-- The configuration of every Neovim in the tests: nothing but this plugin, and nothing of the person who runs them.
local root = vim.fs.dirname(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)))
vim.opt.rtp:prepend(root)
vim.opt.rtp:append(vim.env.MINI_TEST)
vim.o.swapfile, vim.o.shadafile, vim.o.more, vim.o.writebackup = false, 'NONE', false, false
vim.o.statusline = '%f %m'
