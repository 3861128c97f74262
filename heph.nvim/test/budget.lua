-- How long each gesture takes, from the key to what it shows, among 6,000 notes. Run by heph.nvim/budget; a p95 over 50 ms is a failure.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
package.path = here .. '/?.lua;' .. package.path
local Device = require('device')

local NOTES, ROUNDS, BUDGET_MS = tonumber(vim.env.NOTES or 6000), tonumber(vim.env.ROUNDS or 100), 50
local WORDS = vim.split('flour water salt rye oven crumb crust dough starter levain bowl scale towel table window garden', ' ')

math.randomseed(1)

local function words(many)
  local made = {}
  for n = 1, many do
    made[n] = WORDS[math.random(#WORDS)]
  end
  return table.concat(made, ' ')
end

local function vault(folder)
  vim.fn.mkdir(folder, 'p')
  for n = 1, NOTES do
    local lines = { '# Note ' .. n, '' }
    for _ = 1, math.random(5, 40) do
      table.insert(lines, ('%s [[Note %d]] %s'):format(words(20), math.random(NOTES), words(15)))
    end
    vim.list_extend(lines, { '', '- [ ] ' .. words(3), '- [ ] ' .. words(3) })
    vim.fn.writefile(lines, ('%s/Note %d.md'):format(folder, n))
  end
end

local device = Device.new():up()
device:use()
vault(device.home .. '/vault')
device:run('import', device.home .. '/vault')
for n = 1, 300 do
  device:rpc('capture', { line = ('Task %d %s @project%d'):format(n, words(3), n % 10) })
end
vim.g.heph = { command = { Device.program } }
vim.api.nvim_echo = function() end -- nobody reads it, and it would stand between the figures

local function shows(holds)
  return function()
    return vim.wait(5000, holds, 1)
  end
end

local function titled(title)
  return vim.b.heph_title == title and vim.b.heph_id ~= nil
end

local function type(keys)
  vim.api.nvim_feedkeys(vim.keycode(keys), 'xt', false)
end

local note = 0
local now = {} -- what the gesture that is measured is about

--- A note with a link to the next one, and boxes.
local function open_note()
  note = note % 500 + 1
  require('heph.link').follow('Note ' .. note)
  assert(vim.wait(5000, function()
    return titled('Note ' .. note)
  end, 1))
end

local function next_list()
  vim.cmd('Heph list')
  assert(vim.wait(5000, function()
    return vim.b.heph_title == 'Tasks' and vim.api.nvim_buf_line_count(0) > 50
  end, 1))
end

---@type {name: string, before?: fun(), act: fun(), shown: fun(): boolean, after?: fun()}[]
local gestures = {
  {
    name = 'open a note by its title',
    act = function()
      note = note % 500 + 1
      vim.cmd('Heph open Note ' .. note)
    end,
    shown = function()
      return titled('Note ' .. note)
    end,
  },
  {
    name = 'follow a link',
    before = function()
      open_note()
      vim.fn.cursor(3, 1)
      vim.fn.search('\\[\\[')
      now.target = vim.api.nvim_get_current_line():match('%[%[(Note %d+)%]%]')
    end,
    act = function()
      type('<CR>')
    end,
    shown = function()
      return titled(now.target)
    end,
  },
  {
    name = 'tick a box',
    before = function()
      open_note()
      type('G')
      now.before = vim.api.nvim_get_current_line()
    end,
    act = function()
      type('<CR>')
    end,
    shown = function()
      return vim.api.nvim_get_current_line() ~= now.before
    end,
  },
  {
    name = 'save',
    before = function()
      open_note()
      type('ggOa new line<Esc>')
    end,
    act = function()
      vim.cmd('silent write')
    end,
    shown = function()
      return not vim.bo.modified
    end,
  },
  {
    name = 'a change from elsewhere',
    before = function()
      open_note()
      now.stamp = 'changed ' .. vim.uv.hrtime()
      local id = vim.b.heph_id
      local body = now.stamp .. '\n' .. device:body(id)
      now.change = function()
        device.connection:request('node.update', { id = id, body = body }, 'another surface', function() end)
      end
    end,
    act = function()
      now.change()
    end,
    shown = function()
      return vim.fn.getline(1) == now.stamp
    end,
  },
  {
    name = 'what is next',
    before = function()
      vim.cmd('enew')
      pcall(vim.cmd, 'bwipeout! heph://next')
    end,
    act = function()
      vim.cmd('Heph next')
    end,
    shown = function()
      return vim.b.heph_title == 'Next' and vim.api.nvim_buf_line_count(0) == 5
    end,
  },
  {
    name = 'done, until the list shows it',
    before = next_list,
    act = function()
      now.gone = vim.api.nvim_get_current_line()
      type('d')
    end,
    shown = function()
      return vim.api.nvim_get_current_line() ~= now.gone
    end,
    after = function()
      device:rpc('undo')
    end,
  },
  {
    name = 'search',
    act = function()
      pcall(vim.cmd, 'bwipeout! heph://search/starter')
      vim.cmd('Heph search starter')
    end,
    shown = function()
      return vim.api.nvim_buf_line_count(0) >= 20
    end,
  },
  {
    name = 'the echo of a capture',
    before = function()
      vim.cmd('enew | Heph capture')
      now.line = 'Buy ' .. words(2) .. ' tomorrow !red'
    end,
    act = function()
      vim.api.nvim_buf_set_lines(0, 0, -1, false, { now.line })
      vim.cmd('doautocmd TextChanged')
    end,
    shown = function()
      local marks = vim.api.nvim_buf_get_extmarks(0, vim.api.nvim_create_namespace('heph.echo'), 0, -1, { details = true })
      return marks[1] and marks[1][4].virt_lines[1][1][1]:match('do Sat 21 Nov') ~= nil
    end,
    after = function()
      vim.api.nvim_buf_set_lines(0, 0, -1, false, { '' })
      require('heph.capture').leave()
    end,
  },
  {
    name = 'file a capture',
    before = function()
      vim.cmd('enew')
      vim.cmd('Heph capture Buy ' .. words(3))
      now.window = vim.api.nvim_get_current_win()
    end,
    act = function()
      vim.cmd('write')
    end,
    shown = function()
      return not vim.api.nvim_win_is_valid(now.window)
    end,
  },
  {
    name = 'a journal',
    act = function()
      note = note + 1
      now.day = os.date('%Y-%m-%d', os.time({ year = 2025, month = 1, day = 1, hour = 12 }) + note * 86400)
      vim.cmd('Heph journal ' .. now.day)
    end,
    shown = function()
      return titled(now.day)
    end,
  },
  {
    name = 'complete a title',
    act = function()
      now.found = vim.fn.getcompletion('Heph open Note 12', 'cmdline')
    end,
    shown = function()
      return #now.found > 5
    end,
  },
  {
    name = 'complete [[',
    most = 30,
    before = function()
      open_note()
      note = note % 500 + 1
      local typed = 'see [[' .. words(1):sub(1, -2) .. ' ' .. note
      vim.api.nvim_buf_set_lines(0, 0, 1, false, { note % 2 == 0 and typed or 'see [[note ' .. note })
      vim.api.nvim_win_set_cursor(0, { 1, #vim.api.nvim_get_current_line() - 1 })
      now.client = nil
      vim.wait(5000, function()
        now.client = vim.lsp.get_clients({ bufnr = 0, name = 'heph' })[1]
        return now.client
      end, 1)
    end,
    act = function()
      local params = vim.lsp.util.make_position_params(0, 'utf-16')
      params.position.character = #vim.api.nvim_get_current_line()
      now.items = nil
      now.client.rpc.request('textDocument/completion', params, function(_, result)
        now.items = result.items
      end)
    end,
    shown = function()
      return now.items and #now.items > 0
    end,
    after = function()
      vim.cmd('silent undo')
    end,
  },
}

local slow = 0
io.stdout:write(('%-32s %8s %8s %8s\n'):format(('%d notes, ms'):format(NOTES), 'p50', 'p95', 'max'))
vim.wait(500)
for _, gesture in ipairs(gestures) do
  local times = {}
  for round = 1, ROUNDS + 5 do
    if gesture.before then
      gesture.before()
    end
    vim.wait(30) -- nobody's fingers are faster
    local begun = vim.uv.hrtime()
    gesture.act()
    if not shows(gesture.shown)() then
      io.stdout:write('never shown: ' .. gesture.name .. '\n')
      slow = slow + 1
      break
    end
    if round > 5 then -- what is compiled and read for the first time is not counted
      table.insert(times, (vim.uv.hrtime() - begun) / 1e6)
    end
    if gesture.after then
      gesture.after()
    end
  end
  table.sort(times)
  if #times > 0 then
    local p95 = times[math.ceil(#times * 0.95)]
    local most = gesture.most or BUDGET_MS
    slow = slow + (p95 > most and 1 or 0)
    io.stdout:write(
      ('\n%-32s %8.1f %8.1f %8.1f%s'):format(
        gesture.name,
        times[math.ceil(#times * 0.5)],
        p95,
        times[#times],
        p95 > most and '  over ' .. most or ''
      )
    )
  end
end
Device.all_down()
vim.cmd(slow > 0 and 'cquit 1' or 'qall!')
