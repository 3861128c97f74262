--- Addresses and files that a text names. They lead to no note, so the daemon reads none of them; they are known by their looks, and
--- only count where it would read a link if one stood there, so not in code.
local daemon = require('heph.daemon')
local edit = require('heph.edit')
local place = require('heph.lsp.place')

local M = {}

local api = vim.api

--- What is put in the place of an address, to see whether that is text.
local LINK = '[[x]]'

---@class heph.Address
---@field row integer from 0
---@field from integer the byte where it begins, from 0
---@field to integer the one behind it
---@field target string

--- The destination of a link, without a title and brackets.
local function destination(inside)
  return inside:match('^%s*<([^>]*)>') or inside:match('^%s*(%S+)')
end

--- What a label is defined as, anywhere in the buffer.
local function defined(buf, label)
  label = vim.trim(label):lower()
  for _, line in ipairs(api.nvim_buf_get_lines(buf, 0, -1, false)) do
    local name, target = line:match('^[%s>]*%[([^%]]+)%]:%s*(.*)$')
    if name and vim.trim(name):lower() == label then
      return destination(target)
    end
  end
end

--- What each kind of address looks like: a pattern of where it is, what it says and where it ends, and how that is read.
---@type {[1]: string, [2]: fun(inside: string, buf: integer): string?}[]
local KINDS = {
  {
    '()(%[[^%]]+%]:%s*%S.*)()$',
    function(inside)
      return destination((inside:match(':%s*(.*)$')))
    end,
  },
  {
    '()!?%b[](%b())()',
    function(inside)
      return destination(inside:sub(2, -2))
    end,
  },
  {
    '()!?(%b[]%b[])()',
    function(inside, buf)
      local text, label = inside:match('^(%b[])(%b[])$')
      return defined(buf, (label == '[]' and text or label):sub(2, -2))
    end,
  },
  { '()<(%a[%w+.-]+:[^%s<>]*)>()', tostring },
  { '()(%a[%w+.-]*://[^%s<>)%]`]*[^%s<>)%].,;:!?\'"`])()', tostring },
  {
    '()!?(%b[])()',
    function(inside, buf)
      return defined(buf, inside:sub(2, -2))
    end,
  },
}

--- The address that stands at a place.
---@param buf integer
---@param cursor integer[] line from 1, byte from 0
---@return heph.Address?
function M.at(buf, cursor)
  local row, byte = cursor[1] - 1, cursor[2]
  local line = place.line(buf, row)
  for _, kind in ipairs(KINDS) do
    for from, inside, to in line:gmatch(kind[1]) do
      local target = byte >= from - 1 and byte < to - 1 and kind[2](inside, buf)
      if target then
        return { row = row, from = from - 1, to = to - 1, target = target }
      end
    end
  end
end

--- Whether it stands in text.
---@param buf integer
---@param address heph.Address
---@param callback fun(err?: heph.Error, is_text?: boolean)
function M.in_text(buf, address, callback)
  local line = place.line(buf, address.row)
  local body = edit.text_with(buf, { [address.row] = line:sub(1, address.from) .. LINK .. line:sub(address.to + 1) })
  local start = { line = address.row, character = place.character(line, address.from) }
  daemon.request('text.read', { id = vim.b[buf].heph_id, body = body }, function(err, read)
    callback(err, read and vim.iter(read.links):any(function(link)
      return vim.deep_equal(link.range.start, start)
    end))
  end)
end

return M
