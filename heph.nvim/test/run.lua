-- Runs test/test_*.lua, or those named in TESTS, and ends with a line "N passed, N failed"; nothing run is a failure.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
package.path = here .. '/?.lua;' .. package.path

require('mini.test').setup({
  collect = {
    find_files = function()
      return vim.fn.glob(here .. '/test_' .. (vim.env.TESTS or '*') .. '.lua', false, true)
    end,
  },
})
local reporter = MiniTest.gen_reporter.stdout({ group_depth = 1, quit_on_finish = false })
local finish = reporter.finish
reporter.finish = function()
  finish()
  local passed, failed = 0, 0
  for _, case in ipairs(MiniTest.current.all_cases) do
    if case.exec and #case.exec.fails == 0 and case.exec.state:match('^Pass') then
      passed = passed + 1
    else
      failed = failed + 1
    end
  end
  require('device').all_down()
  io.stdout:write(('\n%d passed, %d failed\n'):format(passed, failed))
  io.stdout:flush()
  vim.cmd((failed > 0 or passed == 0) and 'cquit 1' or 'qall!')
end
MiniTest.run({ execute = { reporter = reporter } })
