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

--- Reads a note: what is in its buffer, or what is saved.
---@param id string
---@param callback fun(err?: heph.Error, reading?: heph.Reading)
function M.of(id, callback)
  local buf = node.buffer(id)
  local unsaved = buf and api.nvim_buf_is_loaded(buf) and vim.bo[buf].modified
  daemon.request('text.read', { id = id, body = unsaved and edit.text(buf) or nil }, callback)
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
    callback(nil, { id = link.dst, title = link.title, anchor = anchor, range = range })
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
