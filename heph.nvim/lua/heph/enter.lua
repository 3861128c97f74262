--- The smart <CR> of notes: follows a link or a tag, ticks a box; where there is nothing to do it is what it was before. What stands under
--- the cursor the daemon says, as it does for the language server.
local M = {}

local api = vim.api

--- Usually the daemon answers before the next key. Later than this it is done when the answer comes, if the cursor is still there.
local AT_ONCE_MS = 300

--- A line without any of these has nothing to follow and nothing to tick.
local HAS_SOMETHING = '[%[%]()<>#:]'

local function feed(keys)
  api.nvim_feedkeys(vim.keycode(keys), 'ni', false)
end

---@class heph.Entered where <CR> was hit
---@field buf integer
---@field window integer
---@field cursor integer[]
---@field tick integer
---@field position lsp.Position
---@field count integer

---@return heph.Entered
local function here()
  local buf, cursor = api.nvim_get_current_buf(), api.nvim_win_get_cursor(0)
  return {
    buf = buf,
    window = api.nvim_get_current_win(),
    cursor = cursor,
    tick = api.nvim_buf_get_changedtick(buf),
    position = { line = cursor[1] - 1, character = require('heph.lsp.place').character(api.nvim_get_current_line(), cursor[2]) },
    count = vim.v.count1,
  }
end

--- Whether the one who hit it waits for the answer.
local function is_still(at)
  return api.nvim_get_mode().mode == 'n'
    and api.nvim_get_current_win() == at.window
    and api.nvim_get_current_buf() == at.buf
    and api.nvim_buf_get_changedtick(at.buf) == at.tick
    and vim.deep_equal(api.nvim_win_get_cursor(0), at.cursor)
end

--- The address under the cursor; the mark of a box is none.
local function address_at(at, item)
  local found = require('heph.address').at(at.buf, at.cursor)
  local box = item and require('heph.lsp.place').byte(api.nvim_get_current_line(), item.range.start.character)
  return found and found.from ~= box and found or nil
end

---@param at heph.Entered
---@param read heph.Reading
local function act(at, read)
  local reading = require('heph.lsp.reading')
  local link, tag = reading.first(read.links, at.position), reading.first(read.tags, at.position)
  if link then
    return require('heph.link').go(link)
  elseif tag then
    return require('heph.view').open('search', '#' .. tag.tag)
  end
  local item = vim.iter(read.items):find(function(one)
    return one.range.start.line == at.position.line
  end)
  local function otherwise()
    if item then
      return feed(require('heph.again').keys(require('heph.box').toggling(at.buf, read.items), at.count))
    end
    feed((at.count > 1 and at.count or '') .. '<CR>')
  end
  local address = address_at(at, item)
  if not address then
    return otherwise()
  end
  require('heph.address').in_text(at.buf, address, function(err, is_text)
    if err then
      return require('heph.daemon').shown(err)
    elseif is_text then
      return require('heph.link').leave(address.target)
    elseif is_still(at) then
      otherwise()
    end
  end)
end

--- <CR>.
function M.now()
  local at = here()
  if not vim.b.heph_id or not api.nvim_get_current_line():find(HAS_SOMETHING) then
    return feed((at.count > 1 and at.count or '') .. '<CR>')
  end
  local answered = false
  require('heph.lsp.reading').of(vim.b.heph_id, function(err, read)
    answered = true
    if err and is_still(at) and require('heph.box').looks(api.nvim_get_current_line()) then
      feed(require('heph.again').keys(require('heph.box').toggle, at.count))
    elseif err then
      require('heph.daemon').shown(err)
    elseif is_still(at) then
      act(at, read)
    end
  end)
  vim.wait(AT_ONCE_MS, function()
    return answered
  end, 1)
end

--- Makes a link of what is selected in one line; a person may go there then.
function M.link_selection()
  local from, to = vim.fn.getpos('v'), vim.fn.getpos('.')
  if from[2] ~= to[2] then
    return require('heph.daemon').shown({ message = 'a link stands in one line: select less' })
  end
  local row, line = from[2] - 1, vim.fn.getline(from[2])
  local first, last = math.min(from[3], to[3]), math.max(from[3], to[3])
  last = math.min(#line, last + vim.str_utf_end(line, math.min(last, #line)))
  local text = line:sub(first, last)
  if vim.trim(text) == '' or text:match('[%[%]|]') then
    return require('heph.daemon').shown({ message = 'no link can be made of that: select a title' })
  end
  vim.api.nvim_buf_set_text(0, row, first - 1, row, last, { '[[' .. text .. ']]' })
  vim.api.nvim_feedkeys(vim.keycode('<Esc>'), 'nx', false)
end

return M
