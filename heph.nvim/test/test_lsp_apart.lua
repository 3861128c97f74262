-- What the language server says of notes and tasks that devices disagree on.
local Device, Editor, Apart = require('device'), require('editor'), require('apart')

local device, phone, url, nvim = nil, nil, nil, Editor.new()

local T = MiniTest.new_set({
  hooks = {
    pre_once = function()
      device = Device.shared()
      phone, url = Apart.with(device)
    end,
    pre_case = function()
      nvim.begin(device)
    end,
    post_once = function()
      nvim.stop()
      Apart.part(device)
    end,
  },
})

local function await_said(wanted)
  Device.await(vim.inspect(wanted), function()
    return vim.deep_equal(
      nvim.lua_get([[vim.tbl_map(function(one)
        return ('%d %s'):format(one.lnum, one.message)
      end, vim.diagnostic.get(0))]]),
      wanted
    )
  end)
end

local function settle()
  for _, conflict in ipairs(device:rpc('conflicts.list').conflicts) do
    device:rpc('conflicts.resolve', { id = conflict.id, choice = '1' })
  end
end

T['the same words of a text, where they stand, until it is settled'] = function()
  local id = device:note('Plan', '# Plan\n\nMeet on Monday.\n')
  Apart.while_apart(device, phone, url, function()
    device:write(id, '# Plan\n\nMeet on Tuesday.\n')
    phone:write(id, '# Plan\n\nMeet on Friday.\n')
  end)
  nvim.cmd('edit heph://node/' .. id)
  await_said({ '2 devices disagree on these words: :Heph conflicts settles it' })
  settle()
  await_said({})
end

T['a date of a task, in its document'] = function()
  local task = device:rpc('task.create', { title = 'Book a table' })
  nvim.cmd('edit heph://node/' .. task.id)
  Apart.while_apart(device, phone, url, function()
    device:rpc('task.set_schedule', { id = task.id, do_date = '2026-12-01' })
    phone:rpc('task.set_schedule', { id = task.id, do_date = '2026-12-03' })
  end)
  await_said({ '0 devices disagree on do-date: :Heph conflicts settles it' })
  settle()
  await_said({})
end

return T
