-- What is there from the start: names, and nothing that is loaded before it is used.
if vim.g.loaded_heph then
  return
end
vim.g.loaded_heph = true

local group = vim.api.nvim_create_augroup('heph', {})

local function on(events, pattern, callback)
  vim.api.nvim_create_autocmd(events, { group = group, pattern = pattern, nested = true, callback = callback })
end

on('BufReadCmd', 'heph://node/*', function(event)
  require('heph.node').read(event.buf)
end)
on('BufWriteCmd', 'heph://node/*', function(event)
  require('heph.node').write(event.buf, event.match)
end)
on('BufUnload', 'heph://node/*', function(event)
  require('heph.node').close(event.buf)
end)
on('BufWinEnter', 'heph://node/*', function()
  require('heph.title').above(vim.api.nvim_get_current_win())
end)

-- A session gives a buffer of a note its name, and does not read it.
on('SessionLoadPost', '*', function()
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buf) and vim.api.nvim_buf_get_name(buf):match('^heph://node/') then
      require('heph.node').restore(buf)
    end
  end
end)

-- A change that came while somebody typed shows when they pause. Nothing is loaded for that: before there is a note, nothing came.
on({ 'ModeChanged', 'CmdwinLeave', 'CursorHold' }, '*', function()
  if package.loaded['heph.node'] then
    vim.schedule(require('heph.node').flush)
  end
end)
