using System.Text;

namespace NetGen.Generators.Emission;

/// <summary>Writes C#: knows the indentation, and closes blocks by <c>using</c>.</summary>
internal sealed class SourceWriter
{
    private const int LongestDeclaration = 110;
    private const int LongestLine = 140;

    private readonly StringBuilder _text = new();
    private int _depth;

    public override string ToString() => _text.ToString();

    /// <summary>A line, or several, each indented as the block is. Lines end in \n on every system.</summary>
    public void Line(string text = "")
    {
        for (int start = 0; start <= text.Length;)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            int length = end > start && text[end - 1] == '\r' ? end - 1 - start : end - start;
            if (length > 0)
                _text.Append(' ', 4 * _depth).Append(text, start, length);
            _text.Append('\n');
            start = end + 1;
        }
    }

    public void Lines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            Line(line);
    }

    /// <summary>A statement, on as many lines as it needs.</summary>
    public void Statement(string text)
    {
        foreach (string line in LongText.Lines(text, LongestLine - (4 * _depth)))
            Line(line);
    }

    public void Statements(IEnumerable<string> statements)
    {
        foreach (string statement in statements)
            Statement(statement);
    }

    /// <summary>Declares locals of one type, several to a line.</summary>
    public void Declare(string type, IReadOnlyList<(string Name, string Value)> locals)
    {
        var line = new StringBuilder();
        foreach ((string name, string value) in locals)
        {
            string declaration = $"{name} = {value}";
            if (line.Length > 0 && line.Length + declaration.Length > LongestDeclaration)
            {
                Line($"{line};");
                line.Clear();
            }

            line.Append(line.Length == 0 ? $"{type} " : ", ").Append(declaration);
        }

        if (line.Length > 0)
            Line($"{line};");
    }

    /// <summary>A comment, on as many lines as it needs: an equation to a line, as far as they go.</summary>
    public void Comment(string text)
    {
        int room = LongestLine - (4 * _depth) - "//   ".Length;
        string start = "// ";
        while (text.Length > room)
        {
            int end = text.LastIndexOf("; ", room - 1, StringComparison.Ordinal) + 1;
            end = end > 0 ? end : text.LastIndexOf(' ', room);
            if (end <= 0)
                break;
            Line(start + text.Substring(0, end));
            text = text.Substring(end + 1);
            start = "//   ";
        }

        Line(start + text);
    }

    /// <summary>A call, whose arguments stand on lines of their own where one line is too short for it.</summary>
    public void Call(string method, IReadOnlyList<string> arguments) => List(method, arguments, ";");

    /// <summary>The header of a method and its block, closed when the result is disposed.</summary>
    public Block OpenMethod(string method, IReadOnlyList<string> parameters, string constraint = "")
    {
        List(method, parameters, constraint);
        return Open();
    }

    /// <summary>A list in parentheses, on lines of its own where one line is too short for it.</summary>
    public void List(string before, IReadOnlyList<string> items, string after)
    {
        string whole = $"{before}({string.Join(", ", items)}){after}";
        if ((4 * _depth) + whole.Length <= LongestLine)
        {
            Line(whole);
            return;
        }

        Statement($"{before}(");
        _depth++;
        var line = new StringBuilder();
        foreach (string item in items)
        {
            if (line.Length > 0 && (4 * _depth) + line.Length + item.Length + 4 > LongestLine)
            {
                Statement($"{line},");
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : ", ").Append(item);
        }

        Statement($"{line}){after}");
        _depth--;
    }

    /// <summary>A header and the block behind it, closed when the result is disposed.</summary>
    public Block Open(string header = "")
    {
        if (header.Length > 0)
            Line(header);
        Line("{");
        _depth++;
        return new Block(this);
    }

    internal readonly struct Block(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}");
        }
    }
}
