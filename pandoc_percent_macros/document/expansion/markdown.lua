-- A reader of many texts, a record separator between them: each is parsed apart from the others, by one process, and
-- becomes a div. The environment variable says in which dialect they are.
function Reader(input, options)
  local dialect = os.getenv('PERCENT_MACROS_DIALECT')
  local divs = {}
  for text in (tostring(input) .. '\u{1e}'):gmatch('(.-)\u{1e}') do
    divs[#divs + 1] = pandoc.Div(pandoc.read(text, dialect, options).blocks)
  end
  return pandoc.Pandoc(divs)
end
