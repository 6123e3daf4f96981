using NetGen.Generators.Expressions;
using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>What becomes of the sums: the epilogue's expressions on each, and the stores.</summary>
internal sealed partial class TileEmitter
{
    private string? _insideMask;

    private void WriteEpilogue()
    {
        Piece[] written = _sumsLanes ? [new Piece(0, VectorDialect.Scalar)] : _pieces;
        Dictionary<VectorDialect, ExpressionEmitter> emitters = [];
        for (int r = 0; r < _rows.Count; r++)
        {
            for (int p = 0; p < written.Length; p++)
            {
                Piece piece = written[p];
                if (!emitters.TryGetValue(piece.Dialect, out ExpressionEmitter? emitter))
                    emitters[piece.Dialect] = emitter = new ExpressionEmitter(piece.Dialect, _names);

                var variables = new Dictionary<string, string> { [Kernel.Sum] = Accumulator(r, p, 0) };
                foreach (KernelOperand read in _kernel.Reads)
                {
                    string text = Load(read, _cursor[read], _rows[r], piece, 0);
                    if (Occurrences(read.Name) > 1)
                    {
                        string local = _names.Unique($"{read.Name}{(_rows.Count * written.Length > 1 ? r * written.Length + p : 0)}");
                        _writer.Line($"{piece.Dialect.Type} {local} = {text};");
                        text = local;
                    }

                    variables[read.Name] = text;
                }

                string? inside = InsideMask(piece);
                EmittedCode code = emitter.Emit(variables, [.. _kernel.Results.Select(result => result.Value)]);
                _writer.Lines(code.Statements);
                for (int i = 0; i < _kernel.Results.Count; i++)
                {
                    KernelOperand target = _kernel.Results[i].Operand;
                    string value = code.Values[i];
                    if (!piece.Dialect.IsScalar && (value[0] == '-' || value.Any(c => c is ' ')) && !IsCall(value))
                        value = $"({value})";
                    if (inside is not null)
                        value = $"({value} & {inside})";
                    _writer.Line(piece.Dialect.Store(value, _cursor[target], OffsetText(target, _rows[r], piece, 0)) + ";");
                }
            }
        }
    }

    /// <summary>The lanes of a vector that lie before the end of its axis, where zeros must stay behind it.</summary>
    private string? InsideMask(Piece piece)
    {
        if (_kernel.Tail != Tail.Zeros || piece.Dialect.IsScalar || !piece.IsLast)
            return null;
        int extent = _kernel.Axes[_tile.VectorAxis].Extent;
        int inside = extent - (extent - 1) / piece.Dialect.Width * piece.Dialect.Width;
        if (inside == piece.Dialect.Width)
            return null;
        if (_insideMask is null)
        {
            _insideMask = _names.Unique("inside");
            string lanes = string.Join(", ", Enumerable.Range(0, piece.Dialect.Width).Select(lane => lane < inside ? "-1" : "0"));
            _writer.Line($"{piece.Dialect.Type} {_insideMask} = {piece.Dialect.Class}.Create({lanes}).AsSingle();");
        }

        return _insideMask;
    }

    // A call may be followed by a member access, a sum of two values may not.
    private static bool IsCall(string text)
    {
        int depth = 0;
        if (text[0] == '-')
            return false;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' ? 1 : text[i] is ')' ? -1 : 0;
            if (depth == 0 && text[i] == ' ')
                return false;
        }

        return true;
    }

    private int Occurrences(string variable)
    {
        int count = 0;
        void Visit(Expression e)
        {
            if (e is Variable v && v.Name == variable)
                count++;
            foreach (Expression operand in e.Operands)
                Visit(operand);
        }

        foreach (KernelResult result in _kernel.Results)
            Visit(result.Value);
        return count;
    }
}
