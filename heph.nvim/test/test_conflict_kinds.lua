-- Other conflicts than of two sides about a text or a field: deletions, rings, three sides; and those that an undo opens again.
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

local function do_date(of, id)
  return of:rpc('node.get', { id = id }).task.do_date['local']
end

--- A note that was deleted on one and written into on the other.
local function delete_conflict(title)
  local id = device:note(title, 'Meet on Monday.\n')
  between:apart(function()
    device:rpc('node.tombstone', { id = id })
    phone:write(id, 'Meet on Friday.\n')
  end)
  return id
end

local function is_there(of, id)
  return (pcall(of.body, of, id))
end

T['a deletion is upheld, or taken back for what was written'] = MiniTest.new_set({
  parametrize = { { 'laptop', 't', false }, { 'phone', 't', true }, { 'laptop', 'o', true }, { 'phone', 'o', false } },
}, {
  test = function(side, key, stays)
    local id = delete_conflict('Plan')
    nvim.cmd('Heph conflicts')
    nvim.line_of('Plan')
    local said = { laptop = 'deleted (laptop)', phone = 'edited (phone)' }
    local sides = between:open()[1].sides
    equal(nvim.text(), ('≠ Plan  deleted  %s  ≠  %s'):format(said[sides[1].device_name], said[sides[2].device_name]))
    nvim.type_keys('<CR>')
    between:go_to(side)
    equal(nvim.text(), side == 'laptop' and 'deleted' or 'edited')
    nvim.type_keys(key)
    between:await_settled()
    Apart.meet(device, phone)
    equal({ is_there(device, id), is_there(phone, id) }, { stays, stays })
    nvim.line_of('No conflicts')
  end,
})

local function parents(of)
  local found = {}
  for _, project in ipairs(of:rpc('project.list')) do
    found[project.title] = project.parent
  end
  return found
end

T['of projects that were moved into each other one comes out'] = MiniTest.new_set({
  parametrize = { { 'shed in yard' }, { 'yard in shed' } },
}, {
  test = function(stays)
    local shed, yard = device:rpc('project.create', { name = 'shed' }).id, device:rpc('project.create', { name = 'yard' }).id
    for _, id in ipairs({ shed, yard }) do
      device:rpc('project.move', { id = id })
    end
    between:apart(function()
      device:rpc('project.move', { id = shed, parent = yard })
      phone:rpc('project.move', { id = yard, parent = shed })
    end)
    nvim.cmd('Heph conflicts')
    nvim.line_of('parent')
    equal({ nvim.text():match('shed in yard %(laptop%)'), nvim.text():match('yard in shed %(phone%)') }, {
      'shed in yard (laptop)',
      'yard in shed (phone)',
    })
    nvim.type_keys('<CR>')
    between:go_to(stays == 'shed in yard' and 'laptop' or 'phone')
    equal(nvim.text(), stays)
    nvim.type_keys('t')
    between:await_settled()
    Apart.meet(device, phone)
    local wanted = stays == 'shed in yard' and { shed = yard } or { yard = shed }
    equal({ parents(device), parents(phone) }, { wanted, wanted })
  end,
})

T['of three sides all are shown, and the other one is chosen'] = function()
  local tablet = Apart.another('tablet', between.url)
  local id = device:rpc('task.create', { title = 'Pay rent' }).id
  local function on(of, date)
    of:rpc('task.set_schedule', { id = id, do_date = date })
  end
  between:apart(function()
    on(phone, '2026-12-03')
    Apart.while_apart(device, tablet, between.url, function()
      on(tablet, '2026-12-05')
      on(device, '2026-12-01')
    end)
  end)
  nvim.cmd('Heph conflicts')
  nvim.line_of('Pay rent')
  nvim.type_keys('<CR>')
  local shown = vim.tbl_map(function(window)
    return window[2] .. window[1]:match(' of (%a+), ')
  end, between:windows())
  table.sort(shown)
  equal(shown, { 'Sat 5 Dectablet', 'Thu 3 Decphone', 'Tue 1 Declaptop' })
  between:go_to('phone')
  nvim.lua([[
    vim.ui.select = function(items, options, chosen)
      Asked = vim.tbl_map(options.format_item, items)
      for _, item in ipairs(items) do
        if vim.startswith(options.format_item(item), 'Sat 5 Dec (tablet') then
          return chosen(item)
        end
      end
    end]])
  nvim.type_keys('o')
  between:await_settled()
  equal(#nvim.lua_get('Asked'), 2)
  Apart.meet(device, phone, tablet)
  equal({ do_date(device, id), do_date(phone, id), do_date(tablet, id) }, { '2026-12-05', '2026-12-05', '2026-12-05' })
  tablet:down()
end

T['a field that was settled is asked about again after an undo, with who said what'] = function()
  local id = between:on_a_date('Pay rent')
  nvim.cmd('Heph conflicts')
  nvim.line_of('Pay rent')
  local asked = nvim.text()
  nvim.type_keys('<CR>')
  between:go_to('laptop')
  nvim.type_keys('t')
  between:await_settled()
  nvim.line_of('No conflicts')
  nvim.answer('Undo')
  nvim.cmd('Heph undo')
  nvim.await_text(asked)
  nvim.answer('Do again')
  nvim.cmd('Heph redo')
  nvim.line_of('No conflicts')
  Apart.meet(device, phone)
  equal({ do_date(device, id), do_date(phone, id) }, { '2026-12-01', '2026-12-01' })
end

T['what was brought back for what was written in it stays after an undo, which says so'] = function()
  local id = delete_conflict('Plan')
  nvim.cmd('Heph conflicts')
  nvim.line_of('Plan')
  nvim.type_keys('<CR>')
  between:go_to('phone')
  nvim.type_keys('t')
  between:await_settled()
  nvim.lua('Said = {}; vim.notify = function(message) table.insert(Said, message) end')
  nvim.cmd('Heph undo')
  nvim.await('#Said > 0')
  local said = nvim.lua_get('Said[1]')
  equal({ said, said:match('it stays for an edit by phone that its deletion had not seen') ~= nil }, { said, true })
  equal(is_there(device, id), true)
end

return T
