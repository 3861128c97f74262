-- Many edits from elsewhere into a buffer that is edited here and not saved: the buffer is what the daemon would merge, the cursor stays on
-- its letter, one undo takes back exactly what came. SEED=n runs one again.
local Device, Editor = require('device'), require('editor')

local ROUNDS = tonumber(vim.env.ROUNDS or 200)
local SAVED_EVERY = 25
local WORDS =
  { 'rye', 'oat', 'flour', 'water', 'é', '日本', '🍞', 'a', '- [ ] ', '- [x] ', '# ', '[[', ']]', ' ', '  ', '\n', '\n\n', '.' }

local device, nvim = nil, Editor.new()

local T = MiniTest.new_set({
  hooks = {
    pre_once = function()
      device = Device.shared()
    end,
    pre_case = function()
      nvim.begin(device)
    end,
    post_once = function()
      nvim.stop()
    end,
  },
})

local function words(most)
  local made = {}
  for n = 1, math.random(1, most) do
    made[n] = WORDS[math.random(#WORDS)]
  end
  return table.concat(made)
end

--- The bytes at which characters begin, and the one behind the last.
local function starts(text)
  return vim.list_extend(vim.str_utf_pos(text), { #text + 1 })
end

--- A text with something written, deleted, replaced or moved in it.
local function edited(text)
  local at = starts(text)
  local from = math.random(#at)
  local to = math.min(#at, from + (math.random() < 0.8 and math.random(0, 6) or math.random(0, 60)))
  local before, taken, after = text:sub(1, at[from] - 1), text:sub(at[from], at[to] - 1), text:sub(at[to])
  local kind = math.random(4)
  if kind == 1 then
    return before .. words(4) .. taken .. after
  elseif kind == 2 then
    return before .. after
  elseif kind == 3 then
    return before .. words(6) .. after
  end
  local rest = before .. after
  at = starts(rest)
  local into = at[math.random(#at)]
  return rest:sub(1, into - 1) .. taken .. rest:sub(into)
end

--- What the buffer holds, its version, and whether anything is still to come.
local STATE = [[(function()
  local node = require('heph.node').of()
  return { text = require('heph.edit').text(0), rev = node.rev, busy = node.stale or node.asking }
end)()]]

local function settled(rev)
  return Device.await('version ' .. rev, function()
    local now = nvim.lua_get(STATE)
    return now.rev == rev and not now.busy and now
  end)
end

--- A letter that stands nowhere else, written at a random place; the cursor is on it.
local function write_here(round)
  local letter = vim.fn.nr2char(0xE000 + round)
  local row = math.random(nvim.api.nvim_buf_line_count(0))
  local line = nvim.api.nvim_buf_get_lines(0, row - 1, row, false)[1]
  local at = starts(line)
  nvim.api.nvim_win_set_cursor(0, { row, at[math.random(#at)] - 1 })
  nvim.type_keys(math.random() < 0.5 and 'a' or 'i', math.random() < 0.3 and words(2):gsub('\n', ' ') or '', letter, '<Esc>')
  return letter
end

T['random edits from elsewhere'] = MiniTest.new_set({ parametrize = { { '\n' }, { '\r\n' } } }, {
  test = function(stop)
    local seed = tonumber(vim.env.SEED) or os.time()
    math.randomseed(seed)
    io.stdout:write(('\n%d random edits, SEED=%d\n'):format(ROUNDS, seed))
    local function holds(round, what, expected, actual)
      if not vim.deep_equal(expected, actual) then
        error(('SEED=%d round %d: %s: expected %s, but it is %s'):format(seed, round, what, vim.inspect(expected), vim.inspect(actual)), 2)
      end
    end

    local function ended(text) -- ends of lines are taken apart by edits, so that they come and go in the whole text
      return (text:gsub('\r?\n', stop))
    end
    local id = device:note('Random', ended('# Bread\n\n- [ ] flour\n- [ ] water\n' .. words(60) .. '\nend of it\n'))
    nvim.cmd('edit heph://node/' .. id)
    for round = 1, ROUNDS do
      local letter = write_here(round)
      local mine = nvim.lua_get(STATE)
      local theirs = edited(device:body(id))
      theirs = device:write(id, round % 3 == 0 and ended(theirs) or theirs)
      local merge = device:rpc('node.update', { id = id, body = mine.text, base = mine.rev, dry_run = true })
      local now = settled(theirs.rev)
      holds(round, 'the text', merge.body, now.text)
      holds(round, 'the letter under the cursor', letter, nvim.under_cursor())
      if now.text ~= mine.text then
        nvim.type_keys('u')
        holds(round, 'the text after an undo', mine.text, nvim.lua_get(STATE).text)
        nvim.type_keys('<C-r>')
        holds(round, 'the text done again', merge.body, nvim.lua_get(STATE).text)
      end
      if round % SAVED_EVERY == 0 then
        nvim.write()
        holds(round, 'the saved text', nvim.lua_get(STATE).text, device:body(id))
      end
    end
  end,
})

return T
