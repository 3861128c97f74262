--- Texts and buffers. A buffer is made equal to a text by the smallest edits, so that cursors, marks, folds and extmarks stay on the
--- characters that they were on.
local M = {}

local api = vim.api
local diff = (vim.text and vim.text.diff) or vim.diff

--- A larger difference is replaced from its first to its last character.
local MAX_BYTES_OF_CHARACTERS = 20000

local BOM = '\239\187\191'

---@class heph.Form what options of a buffer say of its text
---@field endofline boolean whether the last line ends
---@field fileformat string 'dos' if all of them end in CR LF
---@field bomb boolean whether a byte order mark stands before them

--- What a text is in a buffer: its lines, and how they stand in it. Where only some end in CR LF, the CR is part of the line.
---@param text string
---@return string[] lines at least one
---@return heph.Form
function M.lines(text)
  local bomb = vim.startswith(text, BOM) and text ~= BOM .. '\n'
  local rest = bomb and text:sub(#BOM + 1) or text
  local dos = rest:find('\n') and rest ~= '\r\n' and not (rest:find('^\n') or rest:find('[^\r]\n') or rest:find('\r$'))
  local lines = vim.split(dos and (rest:gsub('\r\n', '\n')) or rest, '\n', { plain = true })
  local ends = #lines > 1 and lines[#lines] == ''
  if ends then
    table.remove(lines)
  end
  return lines, { endofline = ends or rest == '', fileformat = dos and 'dos' or 'unix', bomb = bomb }
end

--- How the text of a buffer stands in it.
---@return heph.Form
local function form_of(buf)
  local options = vim.bo[buf]
  return { endofline = options.endofline, fileformat = options.fileformat, bomb = options.bomb }
end

---@param form heph.Form
local function set_form(buf, form)
  for option, value in pairs(form) do
    if vim.bo[buf][option] ~= value then
      vim.bo[buf][option] = value
    end
  end
end

--- The form of each state that undo goes to, by buffer and number of a change: it is made of options, which no undo brings back.
local forms = {} ---@type table<integer, {at: integer, [integer]: heph.Form}>

---@param buf integer one that is followed
function M.mind_form(buf)
  local known = forms[buf]
  if not known then
    return
  end
  local state = api.nvim_buf_call(buf, vim.fn.changenr)
  if known.at == state or known[state] == nil then
    known[state] = form_of(buf)
  else
    set_form(buf, known[state])
  end
  known.at = state
end

--- From now on an undo also brings back the form.
---@param buf integer
function M.follow(buf)
  forms[buf] = {}
  M.mind_form(buf)
  api.nvim_create_autocmd({ 'TextChanged', 'InsertLeave' }, {
    group = api.nvim_create_augroup('heph.form.' .. buf, {}), -- once, however often it is loaded
    buffer = buf,
    callback = function()
      M.mind_form(buf)
    end,
  })
end

---@param buf integer
function M.forget(buf)
  forms[buf] = nil
end

--- Lines of a buffer as the text that they are; none when there is nothing in it.
---@param buf integer
---@param lines string[]
---@return string
local function joined(buf, lines)
  if #lines == 1 and lines[1] == '' then
    return ''
  end
  local stop = vim.bo[buf].fileformat == 'dos' and '\r\n' or '\n'
  return table.concat(lines, stop) .. (vim.bo[buf].endofline and stop or '')
end

--- The text that a buffer shows.
---@param buf integer
---@return string
function M.text(buf)
  M.mind_form(buf)
  return (vim.bo[buf].bomb and BOM or '') .. joined(buf, api.nvim_buf_get_lines(buf, 0, -1, false))
end

--- The text as it is seen, without a byte order mark, as it would be if some lines said something else.
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

--- How many characters stand between two lines, and before the first one.
---@param form heph.Form
local function unseen(form)
  return form.fileformat == 'dos' and 2 or 1, form.bomb and 1 or 0
end

--- Where the character of a number is, which counts them from 0, with those of the lines' ends.
---@param lines string[]
---@param form heph.Form
---@param number integer
---@return integer row from 0
---@return integer byte from 0
local function place_of(lines, form, number)
  local stop, before = unseen(form)
  number = math.max(number - before, 0)
  for row, line in ipairs(lines) do
    local most = length(line)
    if number < most then
      return row - 1, vim.str_utf_pos(line)[number + 1] - 1
    elseif number < most + stop then
      return row - 1, #line
    end
    number = number - most - stop
  end
  return #lines - 1, #lines[#lines]
end

--- The number of the character under the cursor of a window.
---@param window integer
---@return integer
function M.under_cursor(window)
  local buf = api.nvim_win_get_buf(window)
  local stop, before = unseen(form_of(buf))
  local row, byte = unpack(api.nvim_win_get_cursor(window))
  local lines = api.nvim_buf_get_lines(buf, 0, row, true)
  local number = before + length(lines[row]:sub(1, byte))
  for above = 1, row - 1 do
    number = number + length(lines[above]) + stop
  end
  return number
end

--- Lines of which those above, and in one line the letters before, a certain character become others, and so those behind it.
local function replace_around(buf, now, wanted, form, kept)
  local row, byte = place_of(now, form_of(buf), kept.before)
  local to_row, to_byte = place_of(wanted, form, kept.after)
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
  local wanted, form = M.lines(text)
  local same = vim.deep_equal(now, wanted)
  if same and vim.deep_equal(form_of(buf), form) then
    return
  end
  M.mind_form(buf)
  undo_break(buf)
  if same then
    api.nvim_buf_set_text(buf, #now - 1, 0, #now - 1, 0, { '' }) -- changes nothing, and is a step to undo
  elseif kept then
    replace_around(buf, now, wanted, form, kept)
  else
    replace(buf, 0, now, wanted)
  end
  set_form(buf, form)
  M.mind_form(buf)
  undo_break(buf)
end

--- Shows a text for the first time: there is nothing before it to go back to.
---@param buf integer
---@param text string
function M.load(buf, text)
  local lines, form = M.lines(text)
  local levels = vim.bo[buf].undolevels
  vim.bo[buf].undolevels = -1
  api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].undolevels = levels
  vim.bo[buf].fixendofline = false -- texts are kept as they are
  set_form(buf, form)
  vim.bo[buf].modified = false
end

return M
