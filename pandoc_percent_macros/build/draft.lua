-- For drafts: puts a framed box with the name, of the size that was asked for, in the place of pictures that are not
-- there. For LaTeX it names them with \includegraphics, which draft.tex teaches to draw the box.

local latex = FORMAT == 'latex' or FORMAT == 'beamer'

local function is_there(name)
  if name:match('^%a[%w+.-]+:') then return true end -- an address
  local plain = name:gsub('%%(%x%x)', function(digits) return string.char(tonumber(digits, 16)) end)
  for _, folder in ipairs(PANDOC_STATE.resource_path) do
    for _, each in ipairs({name, plain}) do
      local file = io.open(each:sub(1, 1) == '/' and each or folder .. '/' .. each, 'rb')
      if file then
        file:close()
        return true, each
      end
    end
  end
  return false, plain
end

-- A length of Markdown's as LaTeX takes it, or as CSS does.
local function length(value, whole)
  local number, unit = (value or ''):match('^([%d.]+)(%%?%a*)$')
  if not number then return nil end
  if not latex then return unit == '' and number .. 'px' or number .. unit end
  if unit == '%' then return string.format('%.4f%s', tonumber(number) / 100, whole) end
  if unit == '' or unit == 'px' then return string.format('%.4fin', tonumber(number) / 96) end
  return number .. unit
end

local function in_latex(name, width, height)
  local options = {}
  if width then options[#options + 1] = 'width=' .. width end
  if height then options[#options + 1] = 'height=' .. height end
  if not (width and height) then options[#options + 1] = 'keepaspectratio' end
  local shown = name:gsub('[\\{}#%%]', '_') -- what LaTeX would not take for characters
  return pandoc.RawInline('latex', string.format('\\includegraphics[%s]{%s}', table.concat(options, ','), shown))
end

local function in_css(name, width, height)
  local style = 'display:inline-flex; align-items:center; justify-content:center; box-sizing:border-box; ' ..
    'overflow:hidden; overflow-wrap:anywhere; border:2px dashed #999; background:#f4f4f4; ' ..
    'color:#555; font:.75rem monospace; text-align:center; vertical-align:bottom; width:' .. (width or '16em') .. '; ' ..
    (height and 'height:' .. height or 'aspect-ratio:4/3')
  return pandoc.Span({pandoc.Str(name)}, pandoc.Attr('', {'missing-picture'}, {style = style}))
end

function Image(image)
  local there, name = is_there(image.src)
  if there then return nil end
  local width = length(image.attributes.width, '\\linewidth')
  local height = length(image.attributes.height, '\\textheight')
  if latex then return in_latex(name, width, height) end
  if FORMAT:match('html') or FORMAT:match('^epub') or
     pandoc.List({'revealjs', 's5', 'slidy', 'slideous', 'dzslides'}):includes(FORMAT) then
    return in_css(name, width, height)
  end
  return pandoc.Str('[missing picture: ' .. name .. ']')
end
