using System.Text;

namespace NetGen.Generators.Emission;

/// <summary>Writes C#: knows the indentation, and closes blocks by <c>using</c>.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public override string ToString() => _text.ToString();

    /// <summary>A line, or several, each indented as the block is. Lines end in \n on every system.</summary>
    public void Line(string text = "")
    {
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.TrimEnd('\r');
            if (trimmed.Length > 0)
                _text.Append(' ', 4 * _depth).Append(trimmed);
            _text.Append('\n');
        }
    }

    public void Lines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            Line(line);
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
