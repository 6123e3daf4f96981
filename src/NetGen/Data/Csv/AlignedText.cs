namespace NetGen.Data;

/// <summary>
/// Text whose columns are aligned by blanks and tabs, as text with one tab between fields and none around them. What stands in quotes stays.
/// </summary>
internal sealed class AlignedText(TextReader text, char quote) : TextReader
{
    internal const char Delimiter = '\t';

    private bool _isQuoted;
    private bool _isInLine;
    private int _held = -1;

    public override int Peek() => _held >= 0 ? _held : _held = Next();

    public override int Read()
    {
        int character = Peek();
        _held = -1;
        return character;
    }

    public override int Read(char[] buffer, int index, int count)
    {
        int read = 0;
        for (int character; read < count && (character = Read()) >= 0; read++)
            buffer[index + read] = (char)character;
        return read;
    }

    public override int Read(Span<char> buffer)
    {
        int read = 0;
        for (int character; read < buffer.Length && (character = Read()) >= 0; read++)
            buffer[read] = (char)character;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    private int Next()
    {
        int character = text.Read();
        if (character == quote)
            _isQuoted = !_isQuoted;
        if (_isQuoted || character is not (' ' or '\t'))
        {
            _isInLine = character is not ('\n' or '\r');
            return character;
        }

        while (text.Peek() is ' ' or '\t')
            text.Read();
        return _isInLine && text.Peek() is not ('\n' or '\r' or -1) ? Delimiter : Next();
    }
}
