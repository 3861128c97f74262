-- Colours in notes: where the daemon says that something stands, on the lines that are seen, and nowhere else.
local Device, Editor = require('device'), require('editor')
local equal = MiniTest.expect.equality

local device, nvim = nil, Editor.new()

local T = MiniTest.new_set({
  hooks = {
    pre_once = function()
      device = Device.shared()
    end,
    pre_case = function()
      nvim.begin(device)
      -- What is drawn is forgotten when it is drawn, so it is written down.
      nvim.lua([[
        Drawn = {}
        local set = vim.api.nvim_buf_set_extmark
        vim.api.nvim_buf_set_extmark = function(buf, space, row, column, options)
          if options.ephemeral and space == vim.api.nvim_create_namespace('heph.decorations') then
            Drawn[row] = Drawn[row] or {}
            local line = vim.api.nvim_buf_get_lines(buf, row, row + 1, false)[1]
            Drawn[row][options.hl_group] = line:sub(column + 1, options.end_col)
          end
          return set(buf, space, row, column, options)
        end]])
    end,
    post_once = function()
      nvim.stop()
    end,
  },
})

--- Draws all, and awaits how a line looks then.
local function await_drawn(row, wanted)
  local drawn
  Device.await(('%s in line %d'):format(vim.inspect(wanted), row), function()
    nvim.lua('Drawn = {}')
    nvim.cmd('redraw!')
    drawn = nvim.lua_get(('Drawn[%d] or {}'):format(row))
    return vim.deep_equal(drawn, wanted)
  end)
end

T['links and ticked boxes, not what stands in code'] = function()
  device:note('Flour', '')
  local id = device:note('Bread', 'grüß [[Flour]]\n[[Nowhere]]\n- [x] knead\n- [ ] bake\n```\n[[Flour]] in code\n```\n')
  nvim.cmd('edit heph://node/' .. id)
  await_drawn(0, { HephLink = '[[Flour]]' })
  await_drawn(1, { HephUnresolved = '[[Nowhere]]' })
  local ticked = nvim.lua_get('Drawn[2].HephDone')
  equal(ticked:match('knead$'), 'knead')
  equal({ nvim.lua_get('Drawn[3]'), nvim.lua_get('Drawn[5]') }, { vim.NIL, vim.NIL })
end

T['tags, but neither headings nor code'] = function()
  local id = device:note('Tagged', '# Part #home/garden\nüber #bread, no#tag\n`#code` #x [[Flour#y]]\n```\n#code\n```\n')
  nvim.cmd('edit heph://node/' .. id)
  await_drawn(0, { HephTag = '#home/garden' })
  await_drawn(1, { HephTag = '#bread' })
  await_drawn(2, { HephTag = '#x', HephLink = '[[Flour#y]]' })
  equal(nvim.lua_get('Drawn[4]'), vim.NIL)
end

T['a link that led nowhere until now'] = function()
  local id = device:note('Cake', '[[Icing]]\n')
  nvim.cmd('edit heph://node/' .. id)
  await_drawn(0, { HephUnresolved = '[[Icing]]' })
  device:note('Icing', '')
  await_drawn(0, { HephLink = '[[Icing]]' })
end

T['what is typed, and what comes from elsewhere'] = function()
  local id = device:note('Soup', 'water\n')
  nvim.cmd('edit heph://node/' .. id)
  nvim.type_keys('A', ' [[Flour]]', '<Esc>')
  await_drawn(0, { HephLink = '[[Flour]]' })
  nvim.write()
  device:write(id, 'pot\n' .. device:body(id))
  await_drawn(1, { HephLink = '[[Flour]]' })
  await_drawn(0, {})
end

T['nothing is drawn of lines that are not seen'] = function()
  local id = device:note('Long', ('[[Flour]]\n'):rep(500))
  nvim.cmd('edit heph://node/' .. id)
  await_drawn(0, { HephLink = '[[Flour]]' })
  equal(nvim.lua_get('vim.tbl_count(Drawn) < vim.o.lines'), true)
  nvim.type_keys('G')
  await_drawn(499, { HephLink = '[[Flour]]' })
  equal(nvim.lua_get('Drawn[0]'), vim.NIL)
end

T['what a line says is not taken for what another line said'] = function()
  local id = device:note('Other', '[[Flour]]\n')
  nvim.cmd('edit heph://node/' .. id)
  await_drawn(0, { HephLink = '[[Flour]]' })
  nvim.lua([[vim.api.nvim_buf_set_lines(0, 0, 1, false, { '[Flour]' })]])
  await_drawn(0, {})
end

return T
