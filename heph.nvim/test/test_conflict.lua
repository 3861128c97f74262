-- Conflicts: listed, looked at, settled, on both devices.
local Apart, Disagreement, Editor = require('apart'), require('disagreement'), require('editor')
local equal = MiniTest.expect.equality

local device, phone, between, nvim = nil, nil, nil, Editor.new()

local T = MiniTest.new_set({
  hooks = {
    pre_once = function()
      between = Disagreement.new(nvim)
      device, phone = between.device, between.phone
    end,
    pre_case = function()
      nvim.begin(device)
    end,
    post_case = function()
      between:settle()
    end,
    post_once = function()
      between:stop()
    end,
  },
})

local BASE, LAPTOP = '# Plan\n\nMeet on Monday.\nBring cake.\n\nEnd\n', '# Plan\n\nMeet on Tuesday.\nBring cake.\n\nEnd\n'
local PHONE = '# Plan\n\nMeet on Friday.\nBring cake and tea.\n\nEnd\n'

--- A note in which both wrote the same words.
local function text_conflict(title)
  local id = device:note(title, BASE)
  between:apart(function()
    device:write(id, LAPTOP)
    phone:write(id, PHONE)
  end)
  return id
end

local function do_date(of, id)
  return of:rpc('node.get', { id = id }).task.do_date['local']
end

T['are listed with what each side says'] = function()
  between:on_a_date('Pay rent')
  text_conflict('Plan')
  nvim.cmd('Heph conflicts')
  nvim.line_of('Plan')
  local said = {
    phone = { date = 'Thu 3 Dec (phone)', text = 'Meet on Friday. (phone)' },
    laptop = { date = 'Tue 1 Dec (laptop)', text = 'Meet on Tuesday. (laptop)' },
  }
  local function sides(conflict, what)
    return said[conflict.sides[1].device_name][what] .. '  ≠  ' .. said[conflict.sides[2].device_name][what]
  end
  local date, text = unpack(between:open())
  equal(nvim.text(), '≠ Pay rent  do-date  ' .. sides(date, 'date') .. '\n≠ Plan      text     ' .. sides(text, 'text'))
  equal({ nvim.b.heph_title, nvim.b.heph_info }, { 'Conflicts', '2' })
end

T['without any the list says so'] = function()
  nvim.cmd('Heph conflicts')
  nvim.line_of('No conflicts')
end

T['a text stands between what it was and what it is'] = function()
  text_conflict('Plan')
  nvim.cmd('Heph conflicts')
  nvim.line_of('Plan')
  nvim.type_keys('<CR>')
  local shown = between:windows()
  equal(shown[1], { 'text before', 'Meet on Monday.\nBring cake.', true })
  equal(shown[4], { 'text now: :w settles with what stands here', (between:open()[1].merged:gsub('\n$', '')), false })
  for number, side in ipairs(between:open()[1].sides) do
    local text = side.device_name == 'phone' and 'Meet on Friday.\nBring cake and tea.' or 'Meet on Tuesday.\nBring cake.'
    equal({ shown[number + 1][1]:match('^text of (%a+), '), shown[number + 1][2], shown[number + 1][3] }, { side.device_name, text, true })
  end
end

T['a text is settled'] = MiniTest.new_set({
  parametrize = {
    { 'laptop', 't', LAPTOP },
    { 'phone', 't', PHONE },
    { 'phone', 'o', LAPTOP },
    { 'laptop', 'o', PHONE },
    { 'before', 't', BASE },
  },
}, {
  test = function(side, key, body)
    local id = text_conflict('Plan')
    nvim.cmd('Heph conflicts')
    nvim.line_of('Plan')
    nvim.type_keys('<CR>')
    between:go_to(side)
    nvim.type_keys(key)
    between:await_settled()
    equal(device:body(id), body)
    Apart.meet(device, phone)
    equal(phone:body(id), body)
    nvim.await('#vim.api.nvim_list_tabpages() == 1')
    nvim.line_of('No conflicts')
  end,
})

T['both are kept as they stand'] = function()
  local id = text_conflict('Plan')
  local merged = device:body(id)
  equal(#phone:rpc('conflicts.list').conflicts, 1)
  nvim.cmd('Heph conflicts')
  nvim.line_of('Plan')
  nvim.type_keys('<CR>', 'b')
  between:await_settled()
  equal(device:body(id), merged)
  Apart.meet(device, phone)
  equal(#phone:rpc('conflicts.list').conflicts, 0)
end

T['own words are written into the text below'] = function()
  local id = text_conflict('Plan')
  nvim.cmd('Heph conflicts')
  nvim.line_of('Plan')
  nvim.type_keys('<CR>')
  between:go_to('text now')
  nvim.type_keys('gg', 'cc', 'Meet on Sunday.', '<Esc>')
  nvim.write()
  between:await_settled()
  equal(device:body(id), '# Plan\n\nMeet on Sunday.\nBring cake and tea.\n\nEnd\n')
  nvim.await('#vim.api.nvim_list_tabpages() == 1')
end

T['own words are merged with what came to these lines meanwhile'] = function()
  local id = text_conflict('Plan')
  nvim.cmd('Heph conflicts')
  nvim.line_of('Plan')
  nvim.type_keys('<CR>')
  between:go_to('text now')
  nvim.type_keys('gg', 'cc', 'Meet on Sunday.', '<Esc>')
  local later = device:body(id):gsub('tea%.', 'tea, at eight.')
  device:rpc('node.update', { id = id, body = later })
  nvim.write()
  between:await_settled()
  equal(device:body(id), '# Plan\n\nMeet on Sunday.\nBring cake and tea, at eight.\n\nEnd\n')
end

T['own words that are not written stay, and one line says why'] = function()
  text_conflict('Plan')
  nvim.cmd('Heph conflicts')
  nvim.line_of('Plan')
  nvim.type_keys('<CR>')
  between:go_to('text now')
  nvim.type_keys('gg', 'cc', 'Meet on Sunday.', '<Esc>')
  local before = between:windows()
  local function says(keys, words)
    nvim.cmd('messages clear')
    pcall(nvim.type_keys, keys)
    nvim.await(("vim.trim(vim.api.nvim_exec2('messages', { output = true }).output) == 'heph: %s'"):format(words))
    equal(between:windows(), before)
  end
  says(':Heph conflicts<CR>', 'E37: No write since last change')
  between:go_to('text before')
  says('q', 'E445: Other window contains changes')
  between:go_to('text now')
  nvim.type_keys('u')
  between:go_to('text before')
  nvim.type_keys('q')
  nvim.await('#vim.api.nvim_list_tabpages() == 1')
end

T['a date is settled'] = MiniTest.new_set({
  parametrize = {
    { 't', 'phone', '2026-12-03' },
    { 'o', 'phone', '2026-12-01' },
    { 's', 'Tue 1 Dec (laptop', '2026-12-01' },
    { 's', 'Thu 3 Dec (phone', '2026-12-03' },
  },
}, {
  test = function(key, side, date)
    local id = between:on_a_date('Pay rent')
    nvim.cmd('Heph conflicts')
    nvim.line_of('Pay rent')
    if key == 's' then
      nvim.lua(
        [[
        local wanted = ...
        vim.ui.select = function(items, options, chosen)
          for _, item in ipairs(items) do
            if vim.startswith(options.format_item(item), wanted) then
              return chosen(item)
            end
          end
        end]],
        { side }
      )
    else
      nvim.type_keys('<CR>')
      between:go_to(side)
    end
    nvim.type_keys(key)
    between:await_settled()
    equal(do_date(device, id), date)
    Apart.meet(device, phone)
    equal(do_date(phone, id), date)
    nvim.line_of('No conflicts')
  end,
})

T['of a date both cannot be kept, but another one'] = function()
  local id = between:on_a_date('Pay rent')
  nvim.cmd('Heph conflicts')
  nvim.line_of('Pay rent')
  MiniTest.expect.error(function()
    nvim.type_keys('<CR>', 'b')
  end, 'one side is kept, not both')
  equal(#between:open(), 1)
  nvim.lua([[
    vim.ui.select = function(items, _, chosen) chosen(items[#items]) end
    vim.ui.input = function(_, entered) entered('next week') end]])
  nvim.type_keys('s')
  between:await_settled()
  equal(do_date(device, id), '2026-11-23')
end

T['settling is told, and taken back'] = function()
  local id = text_conflict('Plan')
  nvim.lua([[vim.api.nvim_create_autocmd('User', { pattern = 'HephSettled', callback = function(event) Settled = event.data.id end })]])
  nvim.cmd('Heph conflicts')
  nvim.line_of('Plan')
  nvim.type_keys('<CR>', 'o')
  nvim.await('Settled ~= nil')
  equal(nvim.lua_get('Settled'), id)
  nvim.line_of('No conflicts')
  nvim.type_keys('u')
  nvim.line_of('Plan')
end

T['an undo says what stays, since another device changed it'] = function()
  local id = device:rpc('task.create', { title = 'Pay rent' }).id
  device:rpc('task.change', { ids = { id }, do_date = '2026-12-01', attention = 'red' })
  Apart.meet(device, phone)
  phone:rpc('task.set_schedule', { id = id, do_date = '2026-12-03' })
  Apart.meet(device, phone)
  nvim.answer('Leave it')
  nvim.cmd('Heph undo')
  nvim.await('Asked ~= nil')
  equal(nvim.lua_get('Asked.prompt'):match('Kept: .*'), 'Kept: the do-date of Pay rent, which phone changed since')
end

T['what is settled elsewhere says so'] = function()
  between:on_a_date('Pay rent')
  nvim.cmd('Heph conflicts')
  nvim.line_of('Pay rent')
  nvim.type_keys('<CR>')
  device:rpc('conflicts.resolve', { id = between:open()[1].id, choice = '2' })
  nvim.await("(vim.b.heph_note or ''):match('settled elsewhere') ~= nil")
  nvim.type_keys('q')
  nvim.line_of('settled elsewhere')
end

return T
