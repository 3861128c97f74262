-- What is there from the start: names, and nothing that is loaded before it is used.
if vim.g.loaded_heph then
  return
end
vim.g.loaded_heph = true

local group = vim.api.nvim_create_augroup('heph', {})

local function on(events, pattern, callback)
  vim.api.nvim_create_autocmd(events, { group = group, pattern = pattern, nested = true, callback = callback })
end

on('BufReadCmd', 'heph://*', function(event)
  require('heph.buffer').read(event.buf)
end)
on('BufWriteCmd', 'heph://*', function(event)
  require('heph.buffer').write(event.buf, event.match)
end)
on('BufUnload', 'heph://*', function(event)
  require('heph.buffer').close(event.buf)
end)
on({ 'BufWinEnter', 'BufEnter' }, 'heph://*', function(event)
  require('heph.buffer').enter(event.buf)
end)
on('SessionWritePost', '*', function()
  if package.loaded['heph.node'] then
    require('heph.session').write()
  end
end)
on('SessionLoadPost', '*', function()
  require('heph.buffer').restore()
end)

-- What changed while somebody typed shows when they pause. Before anything of heph is open nothing is loaded for that.
on({ 'ModeChanged', 'CmdwinLeave', 'CursorHold', 'CursorMoved', 'FocusGained' }, '*', function()
  if package.loaded['heph.buffer'] then
    vim.schedule(require('heph.buffer').settle)
  end
end)

vim.api.nvim_create_user_command('Heph', function(given)
  require('heph.command').run(given)
end, {
  nargs = '*',
  range = true,
  desc = 'heph: notes and tasks',
  complete = function(_, line, position)
    return require('heph.command').complete(line, position)
  end,
})

require('heph.keys').define()
