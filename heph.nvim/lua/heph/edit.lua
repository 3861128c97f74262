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

local ended = {} ---@type table<integer, {at: integer, [integer]: boolean}> whether the last line ended, by buffer and number of a change

--- Whether the last line ends is an option of the buffer, which no undo brings back: so it is kept here of every state that undo goes to.
---@param buf integer one that is followed
function M.mind_end(buf)
  local known = ended[buf]
  if not known then
    return
  end
  local state = api.nvim_buf_call(buf, vim.fn.changenr)
  if known.at == state or known[state] == nil then
    known[state] = vim.bo[buf].endofline
  elseif vim.bo[buf].endofline ~= known[state] then
    vim.bo[buf].endofline = known[state]
  end
  known.at = state
end

--- From now on an undo also brings back whether the last line ended.
---@param buf integer
function M.follow(buf)
  ended[buf] = {}
  M.mind_end(buf)
  api.nvim_create_autocmd({ 'TextChanged', 'InsertLeave' }, {
    group = api.nvim_create_augroup('heph.end.' .. buf, {}), -- once, however often it is loaded
    buffer = buf,
    callback = function()
      M.mind_end(buf)
    end,
  })
end

---@param buf integer
function M.forget(buf)
  ended[buf] = nil
end

--- Lines of a buffer as the text that they are; none when there is nothing in it.
---@param buf integer
---@param lines string[]
---@return string
local function joined(buf, lines)
  if #lines == 1 and lines[1] == '' then
    return ''
  end
  return table.concat(lines, '\n') .. (vim.bo[buf].endofline and '\n' or '')
end

--- The text that a buffer shows.
---@param buf integer
---@return string
function M.text(buf)
  M.mind_end(buf)
  return joined(buf, api.nvim_buf_get_lines(buf, 0, -1, false))
end

--- The text that it would show if some lines said something else.
---@param buf integer
---@param others table<integer, string> by row, from 0
---@return string
function M.text_with(buf, others)
  local lines = api.nvim_buf_get_lines(buf, 0, -1, false)
  for row, line in pairs(others) do
    lines[row + 1] = line
  end
  return joined(buf, lines)
end

--- Whether somebody's fingers are in a buffer: an edit now would get into their undo step, or under their selection.
---@param buf integer
---@return boolean
function M.in_use(buf)
  if buf ~= api.nvim_get_current_buf() then
    return false
  end
  local mode = api.nvim_get_mode()
  return mode.blocking or mode.mode ~= 'n' or vim.fn.getcmdwintype() ~= ''
end

--- Makes what follows an undo step of its own (:help undo-break).
local function undo_break(buf)
  vim.bo[buf].undolevels = vim.bo[buf].undolevels
end

--- The characters of a text, each on a line, and where each begins.
---@param text string
---@param start {row: integer, col: integer} where it begins
---@return string
---@return {row: integer, col: integer}[] one more than there are characters
local function characters(text, start)
  local lines, places = {}, {}
  local row, col = start.row, start.col
  for _, begin in ipairs(vim.str_utf_pos(text)) do
    local character = text:sub(begin, begin + vim.str_utf_end(text, begin))
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
---@param start {row: integer, col: integer} where the text before begins
---@return heph.Splice[]
local function splices(before, after, start)
  local first, last = common(before, after)
  local _, skipped = characters(before:sub(1, first), start)
  start = skipped[#skipped]
  before, after = before:sub(first + 1, #before - last), after:sub(first + 1, #after - last)
  local from, places = characters(before, start)
  if before == after then
    return {}
  elseif before == '' or after == '' or #before + #after > MAX_BYTES_OF_CHARACTERS then
    return { { from = places[1], to = places[#places], text = after } }
  end
  local starts = vim.str_utf_pos(after)
  local found = {}
  for _, hunk in ipairs(diff(from, (characters(after, start)), { result_type = 'indices', algorithm = 'patience' })) do
    local gone_at, gone, new_at, new = unpack(hunk)
    local begin = gone == 0 and gone_at + 1 or gone_at
    local text = new == 0 and '' or after:sub(starts[new_at], (starts[new_at + new] or #after + 1) - 1)
    table.insert(found, { from = places[begin], to = places[begin + gone], text = text })
  end
  return found
end

local function join(lines, first, count)
  return table.concat(lines, '\n', first, first + count - 1)
end

--- Carries out splices, the last one first.
local function carry_out(buf, found)
  for at = #found, 1, -1 do
    local from, to = found[at].from, found[at].to
    api.nvim_buf_set_text(buf, from.row, from.col, to.row, to.col, vim.split(found[at].text, '\n', { plain = true }))
  end
end

local function with_end(lines)
  return #lines == 0 and '' or table.concat(lines, '\n') .. '\n'
end

--- Makes whole lines of a buffer others.
---@param buf integer
---@param row integer the first of them, from 0
---@param now string[] what they are
---@param wanted string[]
local function replace(buf, row, now, wanted)
  local hunks = diff(with_end(now), with_end(wanted), { result_type = 'indices' })
  for index = #hunks, 1, -1 do
    local gone_at, gone, new_at, new = unpack(hunks[index])
    if gone == 0 then
      api.nvim_buf_set_lines(buf, row + gone_at, row + gone_at, true, vim.list_slice(wanted, new_at, new_at + new - 1))
    elseif new == 0 then
      api.nvim_buf_set_lines(buf, row + gone_at - 1, row + gone_at - 1 + gone, true, {})
    else
      carry_out(buf, splices(join(now, gone_at, gone), join(wanted, new_at, new), { row = row + gone_at - 1, col = 0 }))
    end
  end
end

---@return integer in characters
local function length(line)
  return line:find('[\128-\255]') and #vim.str_utf_pos(line) or #line
end

--- Where the character of a number is, which counts them from 0, each line's end as one.
---@param lines string[]
---@param number integer
---@return integer row from 0
---@return integer byte from 0
local function place_of(lines, number)
  for row, line in ipairs(lines) do
    local most = length(line)
    if number < most then
      return row - 1, vim.str_utf_pos(line)[number + 1] - 1
    elseif number == most then
      return row - 1, #line
    end
    number = number - most - 1
  end
  return #lines - 1, #lines[#lines]
end

--- The number of the character under the cursor of a window.
---@param window integer
---@return integer
function M.under_cursor(window)
  local row, byte = unpack(api.nvim_win_get_cursor(window))
  local lines = api.nvim_buf_get_lines(api.nvim_win_get_buf(window), 0, row, true)
  local number = length(lines[row]:sub(1, byte))
  for above = 1, row - 1 do
    number = number + length(lines[above]) + 1
  end
  return number
end

--- Lines of which those above, and in one line the letters before, a certain character become others, and so those behind it.
local function replace_around(buf, now, wanted, kept)
  local row, byte = place_of(now, kept.before)
  local to_row, to_byte = place_of(wanted, kept.after)
  local line, to_line = now[row + 1], wanted[to_row + 1]
  replace(buf, row + 1, vim.list_slice(now, row + 2), vim.list_slice(wanted, to_row + 2))
  carry_out(buf, splices(line:sub(byte + 1), to_line:sub(to_byte + 1), { row = row, col = byte }))
  carry_out(buf, splices(line:sub(1, byte), to_line:sub(1, to_byte), { row = row, col = 0 }))
  replace(buf, 0, vim.list_slice(now, 1, row), vim.list_slice(wanted, 1, to_row))
  if api.nvim_win_is_valid(kept.window) and api.nvim_win_get_buf(kept.window) == buf then
    api.nvim_win_set_cursor(kept.window, { to_row + 1, to_byte })
  end
end

---@class heph.Kept
---@field window integer whose cursor is on a character that stays
---@field before integer its number in the buffer
---@field after integer its number in the new text

--- Makes a buffer show a text, as one undo step of its own.
---@param buf integer
---@param text string
---@param kept? heph.Kept
function M.apply(buf, text, kept)
  local now = api.nvim_buf_get_lines(buf, 0, -1, false)
  local wanted, ends = M.lines(text)
  local same = vim.deep_equal(now, wanted)
  if same and vim.bo[buf].endofline == ends then
    return
  end
  M.mind_end(buf)
  undo_break(buf)
  if same then
    api.nvim_buf_set_text(buf, #now - 1, 0, #now - 1, 0, { '' }) -- changes nothing, and is a step to undo
  elseif kept then
    replace_around(buf, now, wanted, kept)
  else
    replace(buf, 0, now, wanted)
  end
  vim.bo[buf].endofline = ends
  M.mind_end(buf)
  undo_break(buf)
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
