--- Places in lines: the protocol counts UTF-16 units, Neovim bytes.
local M = {}

---@param line string
---@param character integer in UTF-16 units, from 0
---@return integer byte from 0; the line's end for what is behind it
function M.byte(line, character)
  local byte = vim.fn.byteidxcomp(line, character, true)
  return byte < 0 and #line or byte
end

---@param line string
---@param byte integer from 0
---@return integer in UTF-16 units
function M.character(line, byte)
  return vim.fn.utf16idx(line, byte, true)
end

---@param buf integer
---@param row integer from 0
---@return string
function M.line(buf, row)
  return vim.api.nvim_buf_get_lines(buf, row, row + 1, false)[1] or ''
end

return M
