-- Choosing: with telescope as Debian packages it, and with vim.ui.select where there is none, or one that does not work.
local Device, Editor = require('device'), require('editor')
local equal = MiniTest.expect.equality

local device, nvim = nil, Editor.new()

local plugins = vim.fs.dirname(vim.env.MINI_TEST)

local T = MiniTest.new_set({
  hooks = {
    pre_once = function()
      device = Device.shared()
      device:note('Sourdough', 'Flour, water, #bread.\n')
      device:note('Soup', 'Water and a #pot.\n')
      device:rpc('capture', { line = 'Buy flour !red' })
    end,
    pre_case = function()
      nvim.begin(device)
    end,
    post_once = function()
      nvim.stop()
    end,
  },
})

local function use_telescope()
  nvim.lua(
    [[
    vim.opt.rtp:append(... .. '/neovim-plenary')
    vim.opt.rtp:append(... .. '/neovim-telescope')
    vim.cmd('runtime plugin/telescope.lua')]],
    { plugins }
  )
end

--- What telescope lists, from the best on.
local function listed()
  return nvim.lua_get([[(function()
    for _, buf in ipairs(vim.api.nvim_list_bufs()) do
      if vim.bo[buf].filetype == 'TelescopeResults' then
        return vim.tbl_filter(function(line)
          return line ~= ''
        end, vim.tbl_map(vim.trim, vim.api.nvim_buf_get_lines(buf, 0, -1, false)))
      end
    end
    return {}
  end)()]])
end

local function await_listed(words)
  Device.await(words .. ' alone in the list', function()
    local lines = listed()
    return #lines == 1 and lines[1]:find(words, 1, true)
  end)
end

T['with telescope'] = MiniTest.new_set({
  parametrize = {
    { 'Telescope heph notes', 'sourd', '≡ Sourdough', 'Sourdough' },
    { 'Telescope heph search', 'pot', '≡ Soup', 'Soup' },
    { 'Telescope heph next', 'flour', '● Buy flour', 'Buy flour' },
    { 'Telescope heph tags', 'bread', '#bread  1', 'Search #bread' },
    { 'Heph pick notes', 'sourd', '≡ Sourdough', 'Sourdough' },
  },
}, {
  test = function(command, typed, line, title)
    use_telescope()
    nvim.cmd(command)
    nvim.await("vim.bo.filetype == 'TelescopePrompt'")
    nvim.type_keys(typed)
    await_listed(line)
    nvim.type_keys('<CR>')
    nvim.await(('vim.b.heph_title == %q'):format(title))
  end,
})

T['telescope shows the text beside it, and opens in a split'] = function()
  use_telescope()
  nvim.o.columns, nvim.o.lines = 160, 40
  nvim.cmd('Telescope heph notes')
  nvim.await("vim.bo.filetype == 'TelescopePrompt'")
  nvim.type_keys('sourd')
  await_listed('Sourdough')
  nvim.await([[vim.iter(vim.api.nvim_list_bufs()):any(function(buf)
    return vim.api.nvim_buf_get_lines(buf, 0, 1, false)[1] == 'Flour, water, #bread.'
  end)]])
  nvim.type_keys('<C-v>')
  nvim.await("vim.b.heph_title == 'Sourdough'")
  equal(#nvim.api.nvim_tabpage_list_wins(0), 2)
end

--- What somebody asked for is typed, and the entry chosen that begins so.
local function answer(typed, begins)
  nvim.lua(
    [[
    local typed, begins = ...
    vim.ui.input = function(_, entered) entered(typed) end
    vim.ui.select = function(items, options, chosen)
      for _, item in ipairs(items) do
        if vim.startswith(options.format_item(item), begins) then
          return chosen(item)
        end
      end
      error('none begins with ' .. begins)
    end]],
    { typed, begins }
  )
end

local WITHOUT = MiniTest.new_set({
  parametrize = {
    { 'notes', 'sourd', '≡ Sourdough', 'Sourdough' },
    { 'search', 'pot', '≡ Soup', 'Soup' },
    { 'next', '', '● Buy flour', 'Buy flour' },
    { 'tags', '', '#bread', 'Search #bread' },
  },
})
T['without telescope'] = WITHOUT
T['without telescope']['each can be chosen from'] = function(name, typed, line, title)
  answer(typed, line)
  nvim.cmd('Heph pick ' .. name)
  nvim.await(('vim.b.heph_title == %q'):format(title))
end

T['a telescope that fails'] = MiniTest.new_set({
  parametrize = {
    -- It can be loaded, and fails when it is used: at once, when it opens, or with the first result.
    { "require('telescope.pickers').new = nil" },
    { "require('telescope.pickers')._Picker.find = function() error('vim.hl is nil') end" },
    { "require('telescope.pickers')._Picker.get_result_processor = function() return function() error('vim.hl is nil') end end" },
  },
}, {
  test = function(fault)
    use_telescope()
    nvim.lua(fault)
    answer('sourd', '≡ Sourdough')
    nvim.cmd('Heph pick notes')
    nvim.await("vim.b.heph_title == 'Sourdough'")
    equal(nvim.lua_get("vim.fn.execute('messages'):match('telescope does not work here') ~= nil"), true)
  end,
})

T['a person may want none'] = function()
  use_telescope()
  nvim.lua("require('heph').setup({ picker = 'select' })")
  answer('sourd', '≡ Sourdough')
  nvim.cmd('Heph pick notes')
  nvim.await("vim.b.heph_title == 'Sourdough'")
end

T['what is nothing to choose from is told'] = function()
  equal(nvim.fails('Heph pick nothing'):match('There are: next, notes, projects, search, tags') ~= nil, true)
end

return T
