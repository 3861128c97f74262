--- Links, tags and ticked boxes in notes, in colours of their own. The daemon says where they stand, once a text has changed and is seen;
--- drawn are the lines that are seen.
local daemon = require('heph.daemon')
local node = require('heph.node')
local place = require('heph.lsp.place')
local reading = require('heph.lsp.reading')

local M = {}

local api = vim.api
local space = api.nvim_create_namespace('heph.decorations')

--- While somebody types, one reading does for several letters.
local SOON_MS = 120

--- Over what a syntax or a parser says of the same words.
local PRIORITY = 150

---@class heph.Decorated
---@field tick integer the text that was read
---@field lines table<string, {[1]: integer, [2]: integer, [3]: string}[]> by what a line says, so that those below an edit keep theirs
---@field asking boolean

local decorated = {} ---@type table<integer, heph.Decorated>

local function group_of(link)
  return (link.dst or link.file) and 'HephLink' or 'HephUnresolved'
end

local function add(lines, buf, range, group)
  local line = place.line(buf, range.start.line)
  local stop = range['end'].line == range.start.line and place.byte(line, range['end'].character) or #line
  lines[line] = lines[line] or {}
  table.insert(lines[line], { place.byte(line, range.start.character), stop, group })
end

local function read(buf)
  local now, shown = decorated[buf], node.of(buf)
  if not shown or not api.nvim_buf_is_loaded(buf) then
    decorated[buf] = nil
    return
  end
  local tick = api.nvim_buf_get_changedtick(buf)
  reading.of(shown.id, function(err, found)
    now.asking = false
    if err or not api.nvim_buf_is_loaded(buf) or api.nvim_buf_get_changedtick(buf) ~= tick then
      return -- the next time that it is drawn it is asked again
    end
    now.tick, now.lines = tick, {}
    for _, link in ipairs(found.links) do
      add(now.lines, buf, link.range, group_of(link))
    end
    for _, tag in ipairs(found.tags) do
      add(now.lines, buf, tag.range, 'HephTag')
    end
    for _, item in ipairs(found.items) do
      if item.mark:match('[xX]') then
        add(now.lines, buf, item.range, 'HephDone')
      end
    end
    pcall(api.nvim__redraw, { buf = buf, valid = false })
  end)
end

local function of_window(_, _, buf)
  if not node.of(buf) then
    return false
  end
  local now = decorated[buf] or { tick = -1, lines = {}, asking = false }
  decorated[buf] = now
  if not now.asking and daemon.is_connected() and now.tick ~= api.nvim_buf_get_changedtick(buf) then
    now.asking = true
    vim.defer_fn(function()
      daemon.quietly(read, buf)
    end, now.tick < 0 and 0 or SOON_MS)
  end
end

local function of_line(_, _, buf, row)
  local line = place.line(buf, row)
  for _, piece in ipairs(decorated[buf].lines[line] or {}) do
    api.nvim_buf_set_extmark(buf, space, row, piece[1], {
      end_col = piece[2],
      hl_group = piece[3],
      ephemeral = true,
      priority = PRIORITY,
    })
  end
end

local begun = false

--- From now on notes that are seen are decorated.
function M.begin()
  if not begun then
    begun = true
    api.nvim_set_decoration_provider(space, { on_win = of_window, on_line = of_line })
  end
end

-- What a link leads to may be there now, or gone.
daemon.on('node.changed', function()
  for buf, now in pairs(decorated) do
    now.tick = 0
    pcall(api.nvim__redraw, { buf = buf, valid = false })
  end
end)

---@param buf integer
function M.close(buf)
  decorated[buf] = nil
end

return M
