-- Read many texts, each apart from the others, and write what pandoc makes of each as JSON: one process for all of them.
-- Standard input: format, unit separator, tab stop, unit separator, text; a record separator after each. Standard
-- output: JSON and a record separator for each; nothing but the separator for a text that pandoc refuses.
for format, tab_stop, text in io.read('a'):gmatch('([^\x1e\x1f]*)\x1f(%d+)\x1f([^\x1e]*)\x1e') do
  local options = pandoc.ReaderOptions {tab_stop = tonumber(tab_stop), columns = 72} -- as for `pandoc FILE`
  local read, document = pcall(pandoc.read, text, format, options)
  io.write(read and pandoc.write(document, 'json') or '', '\x1e')
end
