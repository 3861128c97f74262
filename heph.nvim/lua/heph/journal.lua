--- Journals: a note for each day.
local daemon = require('heph.daemon')
local day = require('heph.day')
local node = require('heph.node')

local M = {}

--- How many days a person is offered besides those that have a journal.
local AHEAD = { 'today', 'tomorrow', 'yesterday' }
local OFFERED = 60

local function open(date)
  daemon.request('journal.open_or_create', { date = date }, function(err, journal)
    if err then
      return daemon.shown(err)
    end
    node.reveal(journal)
  end)
end

--- Opens the journal of a day, in words: today, -1, fri, 2026-03-01.
---@param words? string
function M.open(words)
  if (words or ''):match('^%d%d%d%d%-%d%d%-%d%d$') then
    return open(words)
  end
  daemon.request('date.parse', { text = (words or '') ~= '' and words or 'today' }, function(err, date)
    if err then
      return daemon.shown(err)
    elseif not date['local'] then
      return daemon.shown({ message = 'a journal is that of a day: today, -1, fri, 2026-03-01' })
    end
    open(date['local']:sub(1, 10))
  end)
end

--- Lets a person choose a day: the near ones, those that have a journal, or another in words.
function M.pick()
  local days, today = {}, nil
  for _, words in ipairs(AHEAD) do
    daemon.request('date.parse', { text = words }, function(_, date)
      if date then
        today = today or date['local']
        table.insert(days, { date = date['local'], words = ('%s, %s'):format(words, date['local']) })
      end
    end)
  end
  daemon.request('node.list', { kind = 'journal', sort = 'title', limit = 10000 }, function(err, page)
    if err then
      return daemon.shown(err)
    end
    local near = {}
    for _, offered in ipairs(days) do
      near[offered.date] = true
    end
    table.sort(page.nodes, function(a, b)
      return a.title > b.title
    end)
    for at = 1, math.min(OFFERED, #page.nodes) do
      local date = page.nodes[at].title
      if not near[date] then
        table.insert(days, { date = date, words = ('%s, %s'):format(day.words(date, today or date), date) })
      end
    end
    table.insert(days, { words = 'another day' })
    vim.ui.select(days, {
      prompt = 'Journal of',
      format_item = function(item)
        return item.words
      end,
    }, function(chosen)
      if chosen and chosen.date then
        open(chosen.date)
      elseif chosen then
        vim.ui.input({ prompt = 'Journal of: ' }, function(words)
          if words and words ~= '' then
            M.open(words)
          end
        end)
      end
    end)
  end)
end

--- The journal before or after the one that is open, of those there are; elsewhere, before or after today.
---@param which 'previous'|'next'
function M.near(which)
  local function go(date)
    daemon.request('journal.near', { date = date }, function(err, near)
      if err then
        return daemon.shown(err)
      elseif not near[which] then
        return daemon.shown({ message = which == 'next' and 'there is no later journal' or 'there is no earlier journal' })
      end
      node.open(near[which].id)
    end)
  end
  if (vim.b.heph_title or ''):match('^%d%d%d%d%-%d%d%-%d%d$') then -- a journal, or the note of a folder that stands for one
    return go(vim.b.heph_title)
  end
  daemon.request('date.parse', { text = 'today' }, function(err, date)
    if err then
      return daemon.shown(err)
    end
    go(date['local'])
  end)
end

return M
