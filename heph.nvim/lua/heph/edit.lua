--- Texts and buffers. A buffer is made equal to a text by the smallest edits, so that cursors, marks, folds and extmarks stay on the
--- characters that they were on.
local M = {}

local api = vim.api
local diff = (vim.text and vim.text.diff) or vim.diff

--- A larger difference is replaced from its first to its last character.
local MAX_BYTES_OF_CHARACTERS = 20000

--- What a text is in a buffer: its lines, and whether the last one ends.
---@param text string
---@return string[] lines at least one
---@return boolean ends
function M.lines(text)
  local lines = vim.split(text, '\n', { plain = true })
  local ends = #lines > 1 and lines[#lines] == ''
  if ends then
    table.remove(lines)
  end
  return lines, ends or text == ''
end

--- The text that a buffer shows; none when there is nothing in it.
---@param buf integer
---@return string
function M.text(buf)
  local lines = api.nvim_buf_get_lines(buf, 0, -1, false)
  if #lines == 1 and lines[1] == '' then
    return ''
  end
  return table.concat(lines, '\n') .. (vim.bo[buf].endofline and '\n' or '')
end

--- Makes what follows an undo step of its own (:help undo-break).
local function undo_break(buf)
  vim.bo[buf].undolevels = vim.bo[buf].undolevels
end

--- The characters of a text, each on a line, and where each begins.
---@param text string
---@return string
---@return {row: integer, col: integer}[] one more than there are characters
local function characters(text)
  local lines, places = {}, {}
  local row, col = 0, 0
  for _, start in ipairs(vim.str_utf_pos(text)) do
    local character = text:sub(start, start + vim.str_utf_end(text, start))
    table.insert(places, { row = row, col = col })
    if character == '\n' then
      table.insert(lines, 'newline')
      row, col = row + 1, 0
    else
      table.insert(lines, character)
      col = col + #character
    end
  end
  table.insert(places, { row = row, col = col })
  return #lines == 0 and '' or table.concat(lines, '\n') .. '\n', places
end

--- Whether a character begins at a byte, or the text ends before it.
local function begins(text, index)
  return index > #text or vim.str_utf_start(text, index) == 0
end

--- How many bytes two texts have in common at the beginning, and at the end, in whole characters.
local function common(before, after)
  local most = math.min(#before, #after)
  local first, last = 0, 0
  while first < most and before:byte(first + 1) == after:byte(first + 1) do
    first = first + 1
  end
  while not (begins(before, first + 1) and begins(after, first + 1)) do
    first = first - 1
  end
  while last < most - first and before:byte(#before - last) == after:byte(#after - last) do
    last = last + 1
  end
  while not (begins(before, #before - last + 1) and begins(after, #after - last + 1)) do
    last = last - 1
  end
  return first, last
end

---@class heph.Splice
---@field from {row: integer, col: integer}
---@field to {row: integer, col: integer}
---@field text string

--- What makes one text of another, the first difference first; places are in the text before.
---@param before string
---@param after string
---@return heph.Splice[]
function M.splices(before, after)
  local first, last = common(before, after)
  local _, skipped = characters(before:sub(1, first))
  local start = skipped[#skipped]
  before, after = before:sub(first + 1, #before - last), after:sub(first + 1, #after - last)
  local from, places = characters(before)
  local function at(index)
    local place = places[index]
    return { row = start.row + place.row, col = (place.row == 0 and start.col or 0) + place.col }
  end
  if before == '' or after == '' or #before + #after > MAX_BYTES_OF_CHARACTERS then
    return { { from = at(1), to = at(#places), text = after } }
  end
  local starts = vim.str_utf_pos(after)
  local splices = {}
  for _, hunk in ipairs(diff(from, (characters(after)), { result_type = 'indices', algorithm = 'patience' })) do
    local gone_at, gone, new_at, new = unpack(hunk)
    local begin = gone == 0 and gone_at + 1 or gone_at
    local text = new == 0 and '' or after:sub(starts[new_at], (starts[new_at + new] or #after + 1) - 1)
    table.insert(splices, { from = at(begin), to = at(begin + gone), text = text })
  end
  return splices
end

local function join(lines, first, count)
  return table.concat(lines, '\n', first, first + count - 1)
end

--- Makes a buffer show a text, as one undo step of its own.
---@param buf integer
---@param text string
---@return boolean whether it changed
function M.apply(buf, text)
  local now = api.nvim_buf_get_lines(buf, 0, -1, false)
  local wanted, ends = M.lines(text)
  local hunks = diff(table.concat(now, '\n') .. '\n', table.concat(wanted, '\n') .. '\n', { result_type = 'indices' })
  if #hunks > 0 then
    undo_break(buf)
    for index = #hunks, 1, -1 do
      local gone_at, gone, new_at, new = unpack(hunks[index])
      if gone == 0 then
        api.nvim_buf_set_lines(buf, gone_at, gone_at, true, vim.list_slice(wanted, new_at, new_at + new - 1))
      elseif new == 0 then
        api.nvim_buf_set_lines(buf, gone_at - 1, gone_at - 1 + gone, true, {})
      else
        local splices = M.splices(join(now, gone_at, gone), join(wanted, new_at, new))
        for at = #splices, 1, -1 do
          local splice, above = splices[at], gone_at - 1
          api.nvim_buf_set_text(buf, above + splice.from.row, splice.from.col, above + splice.to.row, splice.to.col,
            vim.split(splice.text, '\n', { plain = true }))
        end
      end
    end
    undo_break(buf)
  end
  if vim.bo[buf].endofline ~= ends then
    vim.bo[buf].endofline = ends
  end
  return #hunks > 0
end

--- Shows a text for the first time: there is nothing before it to go back to.
---@param buf integer
---@param text string
function M.load(buf, text)
  local lines, ends = M.lines(text)
  local levels = vim.bo[buf].undolevels
  vim.bo[buf].undolevels = -1
  api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].undolevels = levels
  vim.bo[buf].fixendofline = false -- texts are kept as they are
  vim.bo[buf].endofline = ends
  vim.bo[buf].modified = false
end

return M
