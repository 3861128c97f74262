--- What stands at a place of a buffer, by what the daemon reads in its text.
local daemon = require('heph.daemon')
local edit = require('heph.edit')
local node = require('heph.node')
local place = require('heph.lsp.place')

local M = {}

local api = vim.api

---@class heph.Reading the answer of text.read
---@field links table[]
---@field tags table[]
---@field headings table[]
---@field blocks table[]
---@field items table[]

---@class heph.Subject what stands at a place: a note or task
---@field id string of what is shown of it
---@field title string
---@field task? string its id, if it is known to be a task
---@field anchor? string
---@field others? string[] the ids of those that a link could mean as well
---@field range lsp.Range

--- The buffer that a request is about.
---@param params {textDocument: {uri: string}}
---@return integer
function M.buffer(params)
  return vim.uri_to_bufnr(params.textDocument.uri)
end

--- Where a note is shown: in its buffer, if it has one.
---@param id string
---@param title string
---@return string uri
function M.uri(id, title)
  local buf = node.buffer(id)
  return buf and vim.uri_from_bufnr(buf) or ('heph://node/%s/%s'):format(id, title)
end

--- The part of a line before a character.
---@param buf integer
---@param position lsp.Position
---@return string before
---@return string behind
function M.around(buf, position)
  local line = place.line(buf, position.line)
  local byte = place.byte(line, position.character)
  return line:sub(1, byte), line:sub(byte + 1)
end

local function ends_of(thing)
  local target = thing.target_range
  return { thing.range.start, thing.range['end'], target and target.start, target and target['end'] }
end

--- What is saved may begin with a byte order mark, which a buffer does not show.
local function without_bomb(read)
  for _, things in pairs(read) do
    for _, thing in ipairs(things) do
      for _, place_in in ipairs(ends_of(thing)) do
        place_in.character = place_in.line == 0 and math.max(place_in.character - 1, 0) or place_in.character
      end
    end
  end
end

--- Reads a note: what is in its buffer, or what is saved.
---@param id string
---@param callback fun(err?: heph.Error, reading?: heph.Reading)
function M.of(id, callback)
  local buf = node.buffer(id)
  local shown = buf and api.nvim_buf_is_loaded(buf)
  local unsaved, bomb = shown and vim.bo[buf].modified, shown and vim.bo[buf].bomb
  daemon.request('text.read', { id = id, body = unsaved and edit.text_with(buf, {}) or nil }, function(err, read)
    if read and bomb and not unsaved then
      without_bomb(read)
    end
    callback(err, read)
  end)
end

local function before(a, b)
  return a.line < b.line or a.line == b.line and a.character < b.character
end

---@param range lsp.Range
---@param position lsp.Position
---@return boolean
function M.holds(range, position)
  return not before(position, range.start) and before(position, range['end'])
end

--- The first of some things that stands at a place.
---@param things {range: lsp.Range}[]
---@param position lsp.Position
---@return table?
function M.first(things, position)
  for _, thing in ipairs(things) do
    if M.holds(thing.range, position) then
      return thing
    end
  end
end

local function line_of(position)
  return { start = { line = position.line, character = 0 }, ['end'] = { line = position.line, character = 0 } }
end

--- What a link leads to, or what a line of a list is about; or the link that leads nowhere.
---@param params {textDocument: {uri: string}, position: lsp.Position}
---@param callback fun(err?: heph.Error, subject?: heph.Subject, unresolved?: table, read?: heph.Reading)
function M.subject(params, callback)
  local buf = M.buffer(params)
  local view = package.loaded['heph.view']
  if view and view.is_view(buf) then
    local row = view.rows(buf, params.position.line + 1, params.position.line + 1)[1]
    return callback(nil, row and {
      id = row.context or row.id,
      task = row.context and row.id,
      title = row.title,
      range = line_of(params.position),
    })
  elseif not vim.b[buf].heph_id then
    return callback(nil, nil)
  end
  M.of(vim.b[buf].heph_id, function(err, read)
    local link = read and M.first(read.links, params.position)
    if err or not (link and link.dst) then
      return callback(err, nil, link, read)
    end
    local anchor, range = link.anchor, link.target_range or link.range
    callback(nil, { id = link.dst, title = link.title, anchor = anchor, range = range, others = link.others })
  end)
end

--- The note that a buffer shows.
---@param buf integer
---@return heph.Subject?
function M.whole(buf)
  local shown = node.of(buf)
  return shown and { id = shown.id, task = shown.task, title = vim.b[buf].heph_title, range = line_of({ line = 0 }) }
end

return M
