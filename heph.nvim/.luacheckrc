std = 'luajit'
globals = { 'vim' }
max_line_length = 140
files['test/'] = { read_globals = { 'MiniTest' } }
